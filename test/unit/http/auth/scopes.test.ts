import { describe, expect, it } from 'vitest';
import { hasAny, mayDefine, PERMITTING, readsOnlyOwn, type Resource } from '#http/auth/scopes.ts';
import { SCOPES, type Scope } from '#access/scope.ts';
import { aCredential } from '#test/support/credentials.ts';

const RESOURCES = Object.keys(PERMITTING).filter((name): name is Resource => name in PERMITTING);

const permitted = (scope: Scope): readonly string[] =>
  RESOURCES.flatMap((resource) =>
    (['read', 'write'] as const)
      .filter((access) => hasAny(aCredential({ scopes: [scope] }), PERMITTING[resource][access]))
      .map((access) => `${access} ${resource}`),
  );

const only = (scopes: readonly Scope[]): boolean => readsOnlyOwn(aCredential({ scopes }));

describe('scopes (xAPI 1.0.3, Communication 4.2)', () => {
  it.each<[Scope, readonly string[]]>([
    ['statements/write', ['write statements']],
    ['statements/read/mine', ['read statements']],
    ['statements/read', ['read statements', 'read activities', 'read agents']],
    ['state', ['read activities-state', 'write activities-state']],
    ['define', ['read activities', 'read agents']],
    ['profile', ['read activities-profile', 'write activities-profile', 'read agents-profile', 'write agents-profile']],
    ['all/read', RESOURCES.map((resource) => `read ${resource}`)],
  ])('%s permits %o', (scope, accesses) => {
    expect(permitted(scope).toSorted()).toEqual(accesses.toSorted());
  });

  it('all permits everything there is', () => {
    const everything = RESOURCES.filter((resource) => PERMITTING[resource].write.length > 0);
    expect(permitted('all')).toEqual(expect.arrayContaining(RESOURCES.map((resource) => `read ${resource}`)));
    expect(permitted('all')).toEqual(expect.arrayContaining(everything.map((resource) => `write ${resource}`)));
  });

  it('without a wider one, statements/read/mine reads only its own', () => {
    expect(only(['statements/read/mine', 'statements/write'])).toBe(true);
    expect(only(['statements/read/mine', 'statements/read'])).toBe(false);
    expect(only(['all/read'])).toBe(false);
  });

  it('only define and all add to what is known', () => {
    expect(SCOPES.filter((scope) => mayDefine(aCredential({ scopes: [scope] })))).toEqual(['define', 'all']);
  });
});
