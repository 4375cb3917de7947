import { describe, expect, it } from 'vitest';
import { isAdministrator, isOperator, managesStore } from '#access/management.ts';
import type { Scope } from '#access/scope.ts';

const admin: readonly Scope[] = ['admin'];

describe('who manages', () => {
  it.each([
    ['the scope admin in the default store', { scopes: admin, store: 'default' }, [true, true, true]],
    ['the scope admin in another store', { scopes: admin, store: 'acme' }, [true, false, true]],
    ['the scope admin in a third store', { scopes: admin, store: 'beta' }, [true, false, false]],
    ['the scope all', { scopes: ['all'] satisfies Scope[], store: 'default' }, [false, false, false]],
    ['a limit', { scopes: admin, store: 'default', limits: { activity: 'urn:a' } }, [false, false, false]],
  ])('with %s', (_, principal, [administrator, operator, ofAcme]) => {
    expect(isAdministrator(principal)).toBe(administrator);
    expect(isOperator(principal)).toBe(operator);
    expect(managesStore(principal, 'acme')).toBe(ofAcme);
  });
});
