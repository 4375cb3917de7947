import { describe, expect, it } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { principalOfCredential } from '#access/principal-of-credential.ts';
import { currentCredential } from '#http/auth/current-credential.ts';
import { aCredential } from '#test/support/credentials.ts';
import { basic } from '#test/support/gateway-events.ts';

const NOW = 1_000;

/** What becomes of a request that was let in as the credential `key`, when that is stored by now. */
function current(
  stored: Credential | undefined,
  authorization: string | undefined = basic('key', 'secret'),
): Promise<Credential | undefined> {
  const request = { principal: principalOfCredential(aCredential()), headers: { authorization } };
  return currentCredential({ get: () => Promise.resolve(stored) }, request, NOW);
}

describe('currentCredential', () => {
  it('is the credential as it is by now', async () => {
    const changed = aCredential({ scopes: ['state'], expires: NOW + 1, revision: 2 });
    expect(await current(changed)).toEqual(changed);
  });

  it.each<[string, Credential | undefined]>([
    ['was deleted', undefined],
    ['was deleted, and another got its key and has the same secret', aCredential({ linkSecret: '01'.repeat(32) })],
    ['is of another store', aCredential({ store: 'other' })],
    ['is disabled', aCredential({ disabled: true })],
    ['has expired', aCredential({ expires: NOW })],
    ['has another secret', aCredential({ secret: 'new' })],
  ])('is none when it %s', async (_, stored) => {
    expect(await current(stored)).toBeUndefined();
  });

  it('is none when no secret was shown', async () => {
    for (const shown of ['', 'Bearer token', basic('token', 'secret')]) {
      expect(await current(aCredential(), shown)).toBeUndefined();
    }
    const nobody = { headers: { authorization: basic('key', 'secret') } };
    expect(await currentCredential({ get: () => Promise.resolve(aCredential()) }, nobody, NOW)).toBeUndefined();
  });
});
