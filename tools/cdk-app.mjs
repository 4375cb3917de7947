// What `cdk` starts: `bin/lrs.ts`, on a Node that can run it. That of the shell may be older, and it is the one that runs
// when `cdk` is installed globally, or when npm before version 11 has not linked the one among the packages.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isNewEnough, NO_NODE, packagedNode, ROOT } from './packaged-node.mjs';

const APP = join(ROOT, 'bin', 'lrs.ts');
const node = isNewEnough() ? process.execPath : packagedNode();

if (node === undefined) {
  console.error(NO_NODE);
  process.exitCode = 1;
} else {
  const { status } = spawnSync(node, [APP], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
