import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#test/support/markdown.ts';

/** @returns the exit code, and all that was printed. */
async function run(...parameters: readonly string[]): Promise<readonly [number, string]> {
  const ended = promisify(execFile)(process.execPath, parameters, { cwd: ROOT });
  return ended.then(
    ({ stdout, stderr }) => [0, stdout + stderr] as const,
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => [code, stdout + stderr] as const,
  );
}

describe('a command for development', { timeout: 30_000 }, () => {
  it.each([['--help'], ['--check', 'now']])('writes nothing when told %s', async (...options) => {
    expect(await run('tools/generate.ts', ...options)).toEqual([2, 'Usage: npm run generate [-- --check]\n']);
  });

  it('says which part of its parameters is wrong', async () => {
    const [code, output] = await run('tools/stack.ts', 'statement');
    expect(code).toBe(2);
    expect(output).toMatch(/^There is no function statement\.\n\n/u);
  });

  it('says of a benchmark what is wrong with an option, and where they are explained', async () => {
    const message = '--count is x; it has to be a whole number from 10 to 22000.\n--help shows the options.\n';
    expect(await run('bench/load.ts', '--count', 'x')).toEqual([2, message]);
    const [code, output] = await run('bench/cpu.ts', '--unknown');
    expect([code, output.split('\n').at(-2)]).toEqual([2, '--help shows the options.']);
  });

  it('explains its options when asked to', async () => {
    const [code, output] = await run('tools/conformance.ts', '--help');
    expect(code).toBe(0);
    expect(output).toContain('--grep PATTERN');
  });
});
