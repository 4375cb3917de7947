// Runs before anything is installed, so that it has to do with Node 18 and no packages.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNewEnough, NO_NODE, NODE_PACKAGE, ROOT } from './packaged-node.mjs';

/** Written by npm at the end of every installation. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');

const BIN = join(ROOT, 'node_modules', '.bin');

if (!isInstalled()) install();
if (isNodeUnlinked()) npm('rebuild', NODE_PACKAGE);
if (!hasNode()) fail(NO_NODE);

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  return statSync(INSTALLED).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('Installing what is missing (npm ci); this takes a minute the first time …');
  npm('ci', '--no-audit', '--no-fund');
}

/** Before version 11, npm drops the link to this platform's Node along with the packages of other platforms. */
function isNodeUnlinked() {
  return existsSync(join(ROOT, 'node_modules', NODE_PACKAGE)) && !existsSync(join(BIN, 'node'));
}

function npm(...parameters) {
  const { status } = spawnSync('npm', [...parameters, '--loglevel=error'], {
    cwd: ROOT,
    // What npm reports is no output of the command that runs this.
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('The installation failed: see the messages of npm above.');
}

/** npm runs the scripts with the Node in node_modules, where the platform has one, and else with the one that runs. */
function hasNode() {
  return isNewEnough() || existsSync(join(BIN, 'node'));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
