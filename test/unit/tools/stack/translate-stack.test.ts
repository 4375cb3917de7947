import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { bundleFunction } from '#lib/bundle/bundle-functions.ts';
import { type MappedCode, translateStack } from '#tools/stack/translate-stack.ts';

let bundle: MappedCode;

beforeAll(async () => {
  bundle = await bundleFunction('about');
});

it('translates the stack of a bundle to positions in the source', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-stack-'));
  const file = join(folder, 'index.mjs');
  await writeFile(file, bundle.code);
  const script = `await import('${pathToFileURL(file).href}').catch(({ stack }) => console.log(JSON.stringify({ stack })))`;
  const options = { env: { LOG_LEVEL: 'loud' } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  await rm(folder, { recursive: true });

  expect(stdout).toContain('/index.mjs:');
  const translated = translateStack(stdout, bundle);
  expect(translated).toMatch(/\(runtime\/\w+\.ts:\d+:\d+\)/u);
  expect(translated).toMatch(/functions\/about\/index\.ts:\d+:\d+/u);
  expect(translated).not.toContain('index.mjs');
});

it('leaves everything else as it is', () => {
  const text = 'at node:internal/process/task_queues:104:5\n{"level":"info"}\n';
  expect(translateStack(text, bundle)).toBe(text);
});

const at = (line: number | string, column: number | string): string => `/var/task/index.mjs:${line}:${column}`;

it('leaves a position that is not in the bundle as it is', () => {
  const lines = new TextDecoder().decode(bundle.code).split('\n');
  const longest = lines.reduce((found, line, index) => (line.length > (lines[found]?.length ?? 0) ? index : found), 0);
  const last = lines[longest]?.length ?? 0;
  expect(translateStack(at(longest + 1, last), bundle)).toMatch(/^[\w./-]+\.ts:\d+:\d+$/u);
  for (const text of [
    at(longest + 1, last + 1),
    at(longest + 1, 999_999_999),
    at(longest + 1, 0),
    at(0, 1),
    at(lines.length + 1, 1),
    at('9'.repeat(400), 1),
    at(1, '9'.repeat(400)),
  ]) {
    expect(translateStack(text, bundle)).toBe(text);
  }
});

it.each([
  ['a word', 'a'],
  ['a path', '/index.mjs'],
  ['URLs', 'file://a'],
  ['positions cut short', 'index.mjs:1'],
])('takes a time that is linear in the length: %s', (_, part) => {
  const timeOf = (length: number): number => {
    const text = part.repeat(length / part.length);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      translateStack(text, bundle);
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  timeOf(100_000);
  // 64 times as long if it were quadratic. Some milliseconds are for reading the map.
  expect(timeOf(800_000)).toBeLessThan(24 * timeOf(100_000) + 50);
});
