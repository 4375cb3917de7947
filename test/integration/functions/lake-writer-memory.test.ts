import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { freshBucket } from '#test/support/engine.ts';

const PROCESS = fileURLToPath(new URL('../../support/lake-writer-process.ts', import.meta.url));
/** What the function has in Lambda, less what Node and its bundle take. */
const MEGABYTES = 512 - 110;

interface Memory {
  readonly failures: number;
  readonly before: number;
  readonly peak: number;
}

describe('the writer of the lake', () => {
  it.each([
    ['200 statements of 350 KB that are small in their records', 'long', 200],
    ['200 statements with 1,000 activities each', 'wide', 200],
    ['300 statements with 3,000 activities each, of ids alone', 'many', 300],
  ])('has room enough for a batch of %s', async (_, kind, count) => {
    const { name, endpoint } = await freshBucket();
    const { stdout } = await promisify(execFile)(process.execPath, [PROCESS, endpoint, name, String(count), kind]);
    const { failures, before, peak }: Memory = JSON.parse(stdout);
    expect(failures).toBe(0);
    expect(peak - before).toBeLessThan(MEGABYTES);
  });
});
