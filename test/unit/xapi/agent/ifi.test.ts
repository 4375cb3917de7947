import { describe, expect, it } from 'vitest';
import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Actor } from '#xapi/statement/statement.ts';

const account = (homePage: string, name: string): Actor => ({ account: { homePage, name } });

describe('Inverse Functional Identifier (xAPI 1.0.3, Data 2.4.2.3)', () => {
  it.each<[string, Actor, Actor]>([
    [
      'the domain of an address in another case',
      { mbox: 'mailto:a.B@Example.ORG' },
      { mbox: 'mailto:a.B@example.org' },
    ],
    ['a hash in another case', { mbox_sha1sum: 'AB'.repeat(20) }, { mbox_sha1sum: 'ab'.repeat(20) }],
    ['a group for an agent', { objectType: 'Group', openid: 'http://id.example' }, { openid: 'http://id.example' }],
    ['another name', { mbox: 'mailto:a@example.org', name: 'A' }, { mbox: 'mailto:a@example.org' }],
  ])('is the same with %s', (_, a, b) => {
    expect(ifiOf(a)).toBe(ifiOf(b));
  });

  it.each<[string, Actor, Actor]>([
    [
      'the local part of an address in another case',
      { mbox: 'mailto:A@example.org' },
      { mbox: 'mailto:a@example.org' },
    ],
    ['an openid in another case', { openid: 'http://id.example/A' }, { openid: 'http://id.example/a' }],
    ['another account name', account('http://a.example', 'Ann'), account('http://a.example', 'ann')],
    ['a bar in another place', account('x:a|b', 'c'), account('x:a', 'b|c')],
  ])('differs with %s', (_, a, b) => {
    expect(ifiOf(a)).not.toBe(ifiOf(b));
  });

  it('is none for an anonymous group', () => {
    expect(ifiOf({ objectType: 'Group', member: [{ mbox: 'mailto:a@example.org' }] })).toBeUndefined();
  });
});
