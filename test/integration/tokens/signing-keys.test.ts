import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { PrivateKeysStore, PublishedKeysSource } from '#storage/signing-keys.ts';
import { freshTables } from '#test/support/engine.ts';
import { type FreshPrivateKeys, freshPrivateKeys } from '#test/support/private-keys.ts';
import { rotateKeys } from '#test/support/published-keys.ts';
import { ISSUER, someClaims } from '#test/support/tokens.ts';
import { KEY_AGE, LEAD, LONGEST_TOKEN, MARGIN, PATIENCE, verifyingKeys } from '#tokens/key-lifecycle.ts';
import { SigningKeys } from '#tokens/signing-keys.ts';
import { tokenSigner } from '#tokens/token-signer.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { verifyOwnToken } from '#tokens/verify-own-token.ts';

/** Milliseconds since 1970 when the clock of a test starts; it then runs on, and a test may put it forward. */
const START = Date.UTC(2026, 0, 1);

let published: PublishedKeysSource;
let registry: DynamoDbRegistry;
let secrets: FreshPrivateKeys;
let started: number;
let forward: number;

const now = (): number => START + forward + (performance.now() - started);

beforeEach(async () => {
  const { client, names } = await freshTables();
  published = new DynamoDbPublishedKeys(client, names.registry);
  registry = new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 400, now });
  secrets = await freshPrivateKeys();
  started = performance.now();
  forward = 0;
});

afterEach(() => secrets[Symbol.asyncDispose]());

/** A process that signs. */
function aProcess(stores: { readonly privateKeys?: PrivateKeysStore } = {}) {
  const keys = new SigningKeys({ published, registry, privateKeys: secrets.privateKeys, now, ...stores });
  const signer = tokenSigner(keys, ISSUER);
  const claims = () => someClaims({ issued: now(), expires: now() + LONGEST_TOKEN });
  return {
    sign: () => signer.sign(claims()),
    rotate: (compromised: boolean) => rotateKeys(keys, registry, compromised),
  };
}

/** A process that ends when it is about to store private keys. */
function aDyingProcess() {
  const { privateKeys } = secrets;
  return aProcess({ privateKeys: { read: () => privateKeys.read(), write: dying } });
}

async function dying(): Promise<never> {
  throw new Error('the process ends');
}

async function verifies(token: string): Promise<boolean> {
  const keys = new VerificationKeys(published, now);
  return typeof (await verifyOwnToken(token, { keys, issuer: ISSUER, now })) !== 'string';
}

function kidOf(token: string): unknown {
  const header: { readonly kid: unknown } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
  return header.kid;
}

async function publishedKids(): Promise<readonly string[]> {
  return verifyingKeys(await published.published(), now()).map(({ kid }) => kid);
}

describe('the first key', () => {
  it('is made by whoever signs first, and used by all others', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const first = await one.sign();
    const second = await other.sign();
    expect(kidOf(second)).toBe(kidOf(first));
    expect(await verifies(first)).toBe(true);
    expect(await publishedKids()).toEqual([kidOf(first)]);
  });

  it('is one, when many processes sign first at the same moment', async () => {
    const tokens = await Promise.all(Array.from({ length: 12 }, () => aProcess().sign()));
    expect(new Set(tokens.map(kidOf)).size).toBe(1);
    expect(await Promise.all(tokens.map(verifies))).not.toContain(false);
    expect(await publishedKids()).toHaveLength(1);
    expect(await secrets.privateKeys.read()).toHaveLength(1);
  });

  it('is made again when the process that published it ends before it stored the private half', async () => {
    await expect(aDyingProcess().sign()).rejects.toThrow('the process ends');
    forward = PATIENCE;
    const tokens = await Promise.all(Array.from({ length: 4 }, () => aProcess().sign()));
    expect(new Set(tokens.map(kidOf)).size).toBe(1);
    expect(await Promise.all(tokens.map(verifies))).not.toContain(false);
  });

  it('is waited for, until it is certain that it does not come', async () => {
    await expect(aDyingProcess().sign()).rejects.toThrow('the process ends');
    const begun = performance.now();
    expect(await verifies(await aProcess().sign())).toBe(true);
    expect(performance.now() - begun).toBeGreaterThan(PATIENCE - 2_000);
  });

  it('is not lost when a process that was slow stores its private half after another was made', async () => {
    const storing = Promise.withResolvers<void>();
    const going = Promise.withResolvers<void>();
    const { privateKeys } = secrets;
    const slow = aProcess({
      privateKeys: {
        read: () => privateKeys.read(),
        write: async (keys) => {
          storing.resolve();
          await going.promise;
          await privateKeys.write(keys);
        },
      },
    });
    const late = slow.sign();
    await storing.promise;
    forward = PATIENCE;
    const healer = aProcess();
    const tokens = [await healer.sign()];
    going.resolve();
    tokens.push(await late, await healer.sign());
    // The slow one has overwritten the other's: whoever comes now makes a new key, sooner or later.
    forward += LEAD;
    tokens.push(await aProcess().sign(), await slow.sign(), await healer.sign());
    expect(await Promise.all(tokens.map(verifies))).not.toContain(false);
  });
});

describe('a rotation', () => {
  it('happens when the newest key is 90 days old, once for all processes, and overlaps', async () => {
    const processes = Array.from({ length: 6 }, () => aProcess());
    const [one] = processes;
    const before = await one?.sign();
    forward = KEY_AGE;
    const during = await Promise.all(processes.map(({ sign }) => sign()));
    expect(new Set(during.map(kidOf))).toEqual(new Set([kidOf(before ?? '')]));
    expect(await publishedKids()).toHaveLength(2);
    forward += LEAD;
    const after = await Promise.all(processes.map(({ sign }) => sign()));
    expect(new Set(after.map(kidOf)).size).toBe(1);
    expect(kidOf(after[0] ?? '')).not.toBe(kidOf(before ?? ''));
    expect(await Promise.all([...during, ...after].map(verifies))).not.toContain(false);
    forward += LONGEST_TOKEN + MARGIN;
    expect(await publishedKids()).toEqual([kidOf(after[0] ?? '')]);
  });

  it('signs on with the key before when the process that published the new one ends', async () => {
    const first = await aProcess().sign();
    forward = KEY_AGE;
    await expect(aDyingProcess().sign()).rejects.toThrow('the process ends');
    const second = await aProcess().sign();
    expect(kidOf(second)).toBe(kidOf(first));
    forward += LEAD;
    const third = await aProcess().sign();
    expect(kidOf(third)).toBe(kidOf(first));
    forward += LEAD;
    const fourth = await aProcess().sign();
    expect(kidOf(fourth)).not.toBe(kidOf(first));
    expect(await Promise.all([second, third, fourth].map(verifies))).not.toContain(false);
  });

  it('on demand leaves the tokens that there are', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const before = await one.sign();
    const { revision, keys } = await other.rotate(false);
    expect(revision).toBe(2);
    expect(keys).toHaveLength(2);
    forward = LEAD;
    const after = await one.sign();
    expect(kidOf(after)).toBe(keys[0]?.jwk.kid);
    expect(await Promise.all([before, after].map(verifies))).toEqual([true, true]);
  });

  it('because of a leak ends all tokens at once, and forgets the private keys', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const before = await one.sign();
    const { keys } = await other.rotate(true);
    const after = await one.sign();
    expect(kidOf(after)).toBe(keys[0]?.jwk.kid);
    expect(await Promise.all([before, after].map(verifies))).toEqual([false, true]);
    expect((await secrets.privateKeys.read()).map(({ kid }) => kid)).toEqual([kidOf(after)]);
  });

  it('makes the first key when there is none', async () => {
    const { keys } = await aProcess().rotate(true);
    expect(kidOf(await aProcess().sign())).toBe(keys[0]?.jwk.kid);
  });

  it('is refused when another process rotates at the same moment', async () => {
    await aProcess().sign();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => aProcess().rotate(false)));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(outcomes.length - refused.length).toBeGreaterThan(0);
    for (const outcome of refused) expect(outcome).toMatchObject({ reason: { message: 'changed' } });
  });
});
