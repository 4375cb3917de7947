import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedIssuer } from '#tokens/issuer-claim.ts';

const jwt = (claims: string | Uint8Array): string => `e30.${Buffer.from(claims).toString('base64url')}.AA`;

describe('the issuer that a token claims to be of', () => {
  it('stands in its claims', () => {
    expect(claimedIssuer(jwt('{"iss":"https://issuer.example.com"}'))).toBe('https://issuer.example.com');
  });

  it.each([
    '',
    'a.b',
    'a.b.c.d.e',
    `e30.${Buffer.from('{"iss":"a"}').toString('base64url')}.`,
    `e30.${Buffer.from('{"iss":"a"}').toString('base64')}.AA`,
    jwt('null'),
    jwt('"text"'),
    jwt('[]'),
    jwt('{}'),
    jwt('{"iss":""}'),
    jwt('{"iss":5}'),
    jwt('{"iss":["a"]}'),
    jwt('{"iss":"\\ud800"}'),
    jwt(`{"iss":"${'a'.repeat(513)}"}`),
    jwt(`{"iss":"a","more":"${'a'.repeat(8_192)}"}`),
    jwt('['.repeat(4_000)),
  ])('is none in %s', (token) => {
    expect(claimedIssuer(token)).toBeUndefined();
  });

  it('is a text or none, whatever the token is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(jwt), fc.uint8Array().map(jwt)), (token) => {
        expect(['string', 'undefined']).toContain(typeof claimedIssuer(token));
      }),
    );
  });
});
