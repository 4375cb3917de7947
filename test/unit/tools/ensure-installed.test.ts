import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const TOOLS = fileURLToPath(new URL('../../../tools', import.meta.url));
const SCRIPTS = ['ensure-installed.mjs', 'packaged-node.mjs'];

let folder: string;

/** A clone in which `npm` writes what it is called with, and installs nothing else. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-clone-'));
  await mkdir(join(folder, 'tools'));
  await mkdir(join(folder, 'bin'));
  for (const script of SCRIPTS) await copyFile(join(TOOLS, script), join(folder, 'tools', script));
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await installAs('echo "npm $*"; mkdir -p node_modules; touch node_modules/.package-lock.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('ensure-installed', () => {
  it('installs into a fresh clone, and only once', async () => {
    const first = await run();
    expect(first.code).toBe(0);
    expect(first.output).toContain('Installing what is missing');
    expect(first.output).toContain('npm ci ');
    expect(await run()).toEqual({ code: 0, output: '' });
  });

  it('installs again when the lock file is newer', async () => {
    await run();
    const later = Date.now() / 1_000 + 60;
    await utimes(join(folder, 'package-lock.json'), later, later);
    expect((await run()).output).toContain('npm ci');
  });

  it("links this platform's Node when npm has not", async () => {
    const name = `node-${process.platform}-${process.arch}`;
    await installAs(`echo "npm $*"; mkdir -p node_modules/${name}; touch node_modules/.package-lock.json`);
    expect((await run()).output).toContain(`npm rebuild ${name}`);
    await mkdir(join(folder, 'node_modules', '.bin'));
    await writeFile(join(folder, 'node_modules', '.bin', 'node'), '');
    expect(await run()).toEqual({ code: 0, output: '' });
  });

  it('fails when the installation fails', async () => {
    await installAs('exit 7');
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output).toContain('The installation failed');
  });
});

async function installAs(script: string): Promise<void> {
  const npm = join(folder, 'bin', 'npm');
  await writeFile(npm, `#!/bin/sh\n${script}\n`);
  await chmod(npm, 0o755);
}

async function run(): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [join(folder, 'tools', 'ensure-installed.mjs')], {
    env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}
