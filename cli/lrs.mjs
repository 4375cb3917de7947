#!/usr/bin/env node
// The command `lrs`: runs `cli/main.ts` on a Node that can run it. It has to do with Node 18 itself, and with no packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isNewEnough, NO_NODE, packagedNode, ROOT } from '../tools/packaged-node.mjs';

const MAIN = join(ROOT, 'cli', 'main.ts');

// A clone has a lock file. One that is installed stays as it is: an LRS may be running from it.
if (existsSync(join(ROOT, 'package-lock.json')) && !existsSync(join(ROOT, 'node_modules', '.package-lock.json'))) {
  await import('../tools/ensure-installed.mjs');
}

const node = isNewEnough() ? process.execPath : packagedNode();

if (node === undefined) {
  process.stderr.write(`${NO_NODE}\n`);
  process.exitCode = 1;
} else if (node === process.execPath) {
  await import(pathToFileURL(MAIN).href);
} else {
  runOn(node);
}

/** Passes signals on, and ends when and as the other process ends. */
function runOn(path) {
  const child = spawn(path, [MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', ({ message }) => {
    process.stderr.write(`${path} cannot be run: ${message}\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
