import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const TOOLS = fileURLToPath(new URL('../../../tools', import.meta.url));
const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

let folder: string;

/** A clone whose app only says that it runs. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-clone-'));
  for (const name of ['tools', 'bin']) await mkdir(join(folder, name));
  for (const script of ['cdk-app.mjs', 'packaged-node.mjs']) {
    await copyFile(join(TOOLS, script), join(folder, 'tools', script));
  }
  await writeFile(join(folder, 'bin', 'lrs.ts'), "console.log('the app' as string);\n");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** As if the Node that runs the launcher were an old one. */
async function withOldNode(): Promise<void> {
  const path = join(folder, 'tools', 'packaged-node.mjs');
  const source = await readFile(path, 'utf8');
  await writeFile(path, source.replace('>= NODE_VERSION', '>= 1_000'));
}

async function run(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'tools', 'cdk-app.mjs')]);
  return stdout;
}

describe('the command in cdk.json', () => {
  it('runs the app on a Node that is new enough', async () => {
    expect(await run()).toBe('the app\n');
  });

  it('runs it on the Node among the packages when that of the shell is old', async () => {
    await withOldNode();
    const bin = join(folder, 'node_modules', PLATFORM, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'node'), '#!/bin/sh\necho "packaged $(basename "$1")"\n');
    await chmod(join(bin, 'node'), 0o755);
    expect(await run()).toBe('packaged lrs.ts\n');
  });

  it('says what to install when there is none', async () => {
    await withOldNode();
    await expect(run()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This needs Node 24 or later/u),
    });
  });

  it('is the launcher', async () => {
    const cdk: unknown = JSON.parse(await readFile(join(TOOLS, '..', 'cdk.json'), 'utf8'));
    expect(cdk).toMatchObject({ app: 'node tools/cdk-app.mjs' });
  });
});
