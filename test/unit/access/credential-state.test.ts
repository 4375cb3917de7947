import { describe, expect, it } from 'vitest';
import { currentSecrets, whyUnusable } from '#access/credential-state.ts';

describe('a credential', () => {
  it.each([
    [{ disabled: false }, undefined],
    [{ disabled: false, expires: 101 }, undefined],
    [{ disabled: false, expires: 100 }, 'expired'],
    [{ disabled: true, expires: 101 }, 'disabled'],
    [{ disabled: true, expires: 100 }, 'disabled'],
  ])('%o lets nobody in, at 100, because it is %s', (credential, why) => {
    expect(whyUnusable(credential, 100)).toBe(why);
  });

  it('has the secrets that have not expired', () => {
    const [newest, former, last] = [{}, { expires: 101 }, { expires: 100 }].map((more) => ({
      salt: '',
      secretHash: '',
      ...more,
    }));
    const secrets = [newest, former, last].filter((secret) => secret !== undefined);
    expect(currentSecrets({ secrets }, 100)).toEqual([newest, former]);
  });
});
