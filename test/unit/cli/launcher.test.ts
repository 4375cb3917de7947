import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '#test/support/markdown.ts';

const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

let folder: string;

/** A clone, installed, whose command only says what it was given. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-clone-'));
  for (const name of ['tools', 'cli', 'bin', 'node_modules']) await mkdir(join(folder, name));
  for (const path of ['cli/lrs.mjs', 'tools/ensure-installed.mjs', 'tools/packaged-node.mjs']) {
    await copyFile(join(ROOT, path), join(folder, path));
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await writeFile(join(folder, 'node_modules', '.package-lock.json'), '{}');
  await writeFile(join(folder, 'cli', 'main.ts'), "console.log('given', process.argv.slice(2).join(' ') as string);\n");
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

async function program(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

async function withPackagedNode(script: string): Promise<void> {
  const bin = join(folder, 'node_modules', PLATFORM, 'bin');
  await mkdir(bin, { recursive: true });
  await program(join(bin, 'node'), script);
}

function run(path = join(folder, 'cli', 'lrs.mjs')) {
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  return promisify(execFile)(process.execPath, [path, 'store', 'list'], { env });
}

describe('the launcher of lrs', () => {
  it('is what the package names', async () => {
    const { bin }: { bin: unknown } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(bin).toEqual({ lrs: 'cli/lrs.mjs' });
  });

  it('runs the command on a Node that is new enough, from wherever it is linked', async () => {
    expect((await run()).stdout).toBe('given store list\n');
    await symlink(join(folder, 'cli', 'lrs.mjs'), join(folder, 'bin', 'lrs'));
    expect((await run(join(folder, 'bin', 'lrs'))).stdout).toBe('given store list\n');
  });

  it('runs it on the Node among the packages when that of the shell is old', async () => {
    await withOldNode();
    await withPackagedNode('echo "packaged $(basename "$1") $2 $3"');
    expect((await run()).stdout).toBe('packaged main.ts store list\n');
  });

  it('ends as that ends', async () => {
    await withOldNode();
    await withPackagedNode('exit 2');
    await expect(run()).rejects.toMatchObject({ code: 2, stdout: '', stderr: '' });
  });

  it('says what to install when there is none', async () => {
    await withOldNode();
    await expect(run()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^This needs Node 24 /u) });
  });

  it('installs into a fresh clone first, and keeps standard output for the command', async () => {
    await rm(join(folder, 'node_modules'), { recursive: true });
    await program(
      join(folder, 'bin', 'npm'),
      'echo "npm $*"; mkdir node_modules; touch node_modules/.package-lock.json',
    );
    const { stdout, stderr } = await run();
    expect(stdout).toBe('given store list\n');
    expect(stderr).toContain('npm ci ');
  });
});
