import { beforeEach, describe, expect, it } from 'vitest';
import { CachedCredentialStore } from '#storage/cached-credential-store.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import type { Credential } from '#access/credential.ts';
import { aCredential } from '#test/support/credentials.ts';

/** Counts what is asked of it, and fails when told to. */
class Source implements CredentialStore {
  readonly known = new Map<string, Credential>();
  reads = 0;
  failure: Error | undefined;

  async get(key: string): Promise<Credential | undefined> {
    this.reads += 1;
    if (this.failure !== undefined) throw this.failure;
    return this.known.get(key);
  }
}

describe('CachedCredentialStore', () => {
  let source: Source;
  let now: number;
  let cache: CachedCredentialStore;

  beforeEach(() => {
    source = new Source();
    now = 0;
    cache = new CachedCredentialStore(source, () => now);
  });

  it('keeps what it found for 30 s', async () => {
    source.known.set('k', aCredential({ key: 'k' }));
    await cache.get('k');
    now = 29_999;
    expect(await cache.get('k')).toEqual(aCredential({ key: 'k' }));
    expect(source.reads).toBe(1);
    source.known.delete('k');
    now = 30_000;
    expect(await cache.get('k')).toBeUndefined();
  });

  it('keeps for 5 s that there is none', async () => {
    await cache.get('k');
    source.known.set('k', aCredential({ key: 'k' }));
    now = 4_999;
    expect(await cache.get('k')).toBeUndefined();
    now = 5_000;
    expect(await cache.get('k')).toEqual(aCredential({ key: 'k' }));
    expect(source.reads).toBe(2);
  });

  it('reads once for requests that arrive together', async () => {
    await Promise.all([cache.get('k'), cache.get('k'), cache.get('k')]);
    expect(source.reads).toBe(1);
  });

  it('keeps no failure', async () => {
    source.failure = new Error('out of reach');
    await expect(cache.get('k')).rejects.toThrow('out of reach');
    source.failure = undefined;
    expect(await cache.get('k')).toBeUndefined();
  });

  it('forgets keys beyond its bound', async () => {
    for (let key = 0; key <= 1_000; key += 1) await cache.get(`k${key}`);
    await cache.get('k0');
    expect(source.reads).toBe(1_002);
  });
});
