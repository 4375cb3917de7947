import { beforeEach, describe, expect, it } from 'vitest';
import type { PublicJwk, PublishedKeys } from '#storage/signing-keys.ts';
import { published } from '#test/support/tokens.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';

function aJwk(kid: string): PublicJwk {
  return { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, use: 'sig', alg: 'ES256' };
}

let now: number;
let reads: number;
let stored: PublishedKeys | undefined;
let failure: Error | undefined;
let keys: VerificationKeys;

beforeEach(() => {
  now = 0;
  reads = 0;
  failure = undefined;
  stored = published([{ jwk: aJwk('a'), signsFrom: 0 }]);
  const source = {
    published: async () => {
      reads += 1;
      if (failure !== undefined) throw failure;
      return stored;
    },
  };
  keys = new VerificationKeys(source, () => now);
});

async function finds(kid: string): Promise<boolean> {
  return (await keys.key(kid)) !== undefined;
}

describe('VerificationKeys', () => {
  it('reads once in 30 s, whatever comes at once', async () => {
    expect(await Promise.all([finds('a'), finds('a'), finds('b')])).toEqual([true, true, false]);
    now = 29_999;
    expect(await finds('a')).toBe(true);
    expect(reads).toBe(1);
    now = 30_000;
    expect(await finds('a')).toBe(true);
    expect(reads).toBe(2);
  });

  it('takes no key any more 30 s after it was dropped', async () => {
    await finds('a');
    stored = published([{ jwk: aJwk('b'), signsFrom: 0 }], 2);
    now = 30_000;
    expect(await finds('a')).toBe(false);
  });

  it('finds a new key at once, unless it has just read', async () => {
    await finds('a');
    stored = published([{ jwk: aJwk('b'), signsFrom: 0 }], 2);
    now = 999;
    expect(await finds('b')).toBe(false);
    now = 1_000;
    expect(await finds('b')).toBe(true);
  });

  it('reads every second at most, whatever unknown keys come', async () => {
    for (now = 0; now < 60_000; now += 100) await finds(`unknown-${now}`);
    expect(reads).toBe(60);
  });

  it('knows what it knows while it looks for what it does not, and when that fails', async () => {
    await finds('a');
    now = 2_000;
    failure = new Error('no');
    const looking = finds('unknown');
    expect(await finds('a')).toBe(true);
    await expect(looking).rejects.toThrow('no');
    expect(await finds('a')).toBe(true);
    expect(reads).toBe(2);
  });

  it('reads once for all that wait at the same time, whatever they look for', async () => {
    await finds('a');
    now = 2_000;
    await Promise.all([finds('b'), finds('c'), finds('d')]);
    expect(reads).toBe(2);
  });

  it('takes what it read before the clock was set back for old', async () => {
    now = 3_600_000;
    await finds('a');
    stored = published([{ jwk: aJwk('b'), signsFrom: 0 }], 2);
    now = 0;
    expect(await finds('a')).toBe(false);
    expect(await finds('b')).toBe(true);
    expect(reads).toBe(2);
  });

  it('does not know retired keys', async () => {
    stored = published([{ jwk: aJwk('a'), signsFrom: 0, retires: 1_000 }]);
    now = 999;
    expect(await finds('a')).toBe(true);
    now = 1_000;
    expect(await finds('a')).toBe(false);
  });

  it('finds nothing before the first key is there', async () => {
    stored = undefined;
    expect(await finds('a')).toBe(false);
    expect(await keys.all()).toEqual([]);
    expect(reads).toBe(1);
  });

  it('lists all keys but retired ones, read at most 30 s ago', async () => {
    const both = [
      { jwk: aJwk('b'), signsFrom: 0 },
      { jwk: aJwk('a'), signsFrom: 0, retires: 40_000 },
    ];
    stored = published(both, 2);
    expect(await keys.all()).toEqual([aJwk('b'), aJwk('a')]);
    now = 29_999;
    await keys.all();
    expect(reads).toBe(1);
    now = 40_000;
    expect(await keys.all()).toEqual([aJwk('b')]);
  });

  it('tells of a failed read everybody who waits for it, and then reads again', async () => {
    failure = new Error('no');
    const waiting = await Promise.allSettled([finds('a'), finds('a')]);
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(reads).toBe(1);
    failure = undefined;
    expect(await finds('a')).toBe(true);
  });
});
