import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callBundle } from '#bench/cold/call-bundle.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-call-bundle-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function bundleOf(code: string): Promise<string> {
  const file = join(folder, `${code.length}.mjs`);
  await writeFile(file, code);
  return file;
}

describe('a call of a bundle', () => {
  it('gives the results, whatever the bundle logs', async () => {
    const file = await bundleOf('export const handler = async (event) => (console.log("log"), { statusCode: event });');
    const { results } = await callBundle(file, {}, [200, 404]);
    expect(results.map(({ result }) => result)).toEqual([{ statusCode: 200 }, { statusCode: 404 }]);
  });

  it.each([
    ['waits', 'setInterval(() => {}, 1_000)'],
    ['is busy', 'while (true);'],
  ])('kills a process that %s without end', async (_, endless) => {
    const file = await bundleOf(
      `process.on('SIGTERM', () => {}); console.error(process.pid);
       export const handler = () => new Promise(() => { ${endless} });`,
    );
    const error: unknown = await callBundle(file, {}, [{}], 1_000).catch((problem: unknown) => problem);
    expect(error).toMatchObject({ killed: true, signal: 'SIGKILL', stderr: expect.stringMatching(/^\d+\n/u) });
    const { stderr } = { stderr: '', ...Object(error) };
    expect(() => process.kill(Number(stderr), 0)).toThrow('ESRCH');
  });
});
