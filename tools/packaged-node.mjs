// Runs with Node 18 and without packages.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const NODE_VERSION = 24;

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const IS_WINDOWS = process.platform === 'win32';

/** The package that brings Node for this platform, if there is one. */
export const NODE_PACKAGE = `node-${IS_WINDOWS ? 'win' : process.platform}-${process.arch}`;

export const NO_NODE =
  `This needs Node ${NODE_VERSION} or later, and the node that runs is ${process.version}. ` +
  'Install it from nodejs.org, or by a version manager that reads .nvmrc (for example: nvm install).';

/** Whether the Node that runs this is new enough. */
export function isNewEnough() {
  return Number.parseInt(process.versions.node, 10) >= NODE_VERSION;
}

/** The Node among the packages, undefined when there is none for this platform. */
export function packagedNode() {
  const path = join(ROOT, 'node_modules', NODE_PACKAGE, 'bin', IS_WINDOWS ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}
