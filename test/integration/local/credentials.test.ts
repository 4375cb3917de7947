import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptCredential } from '#local/credentials.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-credentials-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the credential of the laptop', () => {
  it('is made once, long enough not to be guessed, and readable by its owner alone', async () => {
    const file = join(folder, 'credentials.json');
    const made = await keptCredential(file);
    expect(made.key).toMatch(/^[0-9a-f]{32}$/u);
    expect(made.secret).toMatch(/^[0-9a-f]{64}$/u);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keptCredential(file)).toEqual(made);
  });

  it.each(['', '{}', '{"key":1,"secret":"x"}', 'null'])('is not taken from a file with %j', async (text) => {
    const file = join(folder, 'credentials.json');
    await writeFile(file, text);
    await expect(keptCredential(file)).rejects.toThrow(/delete it/u);
  });
});
