import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundleFunction } from '#lib/bundle/bundle-functions.ts';
import { translateStack } from '#tools/stack/translate-stack.ts';

it('translates the stack of a bundle to positions in the source', async () => {
  const { code, sourceMap } = await bundleFunction('about');
  const folder = await mkdtemp(join(tmpdir(), 'lrs-stack-'));
  const file = join(folder, 'index.mjs');
  await writeFile(file, code);
  const script = `await import('${pathToFileURL(file).href}').catch(({ stack }) => console.log(JSON.stringify({ stack })))`;
  const options = { env: { LOG_LEVEL: 'loud' } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  await rm(folder, { recursive: true });

  expect(stdout).toContain('/index.mjs:');
  const translated = translateStack(stdout, sourceMap);
  expect(translated).toMatch(/\(runtime\/\w+\.ts:\d+:\d+\)/u);
  expect(translated).toMatch(/functions\/about\/index\.ts:\d+:\d+/u);
  expect(translated).not.toContain('index.mjs');
});

it('leaves everything else as it is', async () => {
  const { sourceMap } = await bundleFunction('about');
  const text = 'at node:internal/process/task_queues:104:5\n{"level":"info"}\n';
  expect(translateStack(text, sourceMap)).toBe(text);
});
