import { assert, base64String, oneof, pre, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuthorization } from '#http/auth/authorization.ts';
import { basic } from '#test/support/gateway-events.ts';

const base64 = (...bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');

describe('HTTP Basic (RFC 7617)', () => {
  it('has a key up to the first colon and a secret behind it', () => {
    expect(readAuthorization(basic('key', 'a:b:'))).toEqual({ kind: 'secret', key: 'key', secret: 'a:b:' });
    expect(readAuthorization(basic('key', ''))).toEqual({ kind: 'secret', key: 'key', secret: '' });
  });

  it('has both in UTF-8', () => {
    assert(
      property(string({ minLength: 1, unit: 'binary' }), string({ unit: 'binary' }), (key, secret) => {
        pre(!key.includes(':') && key !== 'token' && key.isWellFormed() && secret.isWellFormed());
        expect(readAuthorization(basic(key, secret))).toEqual({ kind: 'secret', key, secret });
      }),
    );
  });

  it.each(['basic YTpi', 'BASIC  YTpi', 'Basic YTpi ', 'Basic YTo', 'Basic YTo='])('is understood as %o', (header) => {
    expect(readAuthorization(header)).toMatchObject({ kind: 'secret', key: 'a' });
  });

  it.each([
    ['', /neither/u],
    ['Basic', /neither/u],
    ['Basic ', /neither/u],
    ['Basic:YTpi', /neither/u],
    ['BasicYTpi', /neither/u],
    ['Digest username="a"', /neither/u],
    ['Basic YTpi, Basic YTpi', /neither/u],
    ['Basic !!!', /not base64/u],
    ['Basic YTpiY', /not base64/u],
    ['Basic YTpi=', /not base64/u],
    ['Basic YTpi,Basic', /not base64/u],
    ['Basic YWI=', /without the colon/u],
    [basic('', 'secret'), /no key/u],
    [`Basic ${base64(0x61, 0x3a, 0xe9)}`, /not UTF-8/u],
    [`Basic ${base64(0xc0, 0xba, 0x3a)}`, /not UTF-8/u],
    [`Basic ${'YTpi'.repeat(5_000)}`, /longer than 16 KiB/u],
    ['Bearer', /neither/u],
    ['Bearer a b', /neither/u],
    ['Bearer "token"', /not a token/u],
    ['Bearer tökén', /not a token/u],
  ])('and Bearer are malformed as %o', (header, why) => {
    expect(readAuthorization(header)).toMatch(why);
  });
});

describe('a token', () => {
  it('stands behind Bearer (RFC 6750)', () => {
    expect(readAuthorization('Bearer a.b.c')).toEqual({ kind: 'token', token: 'a.b.c' });
    expect(readAuthorization('bearer a.b-_~+/c==')).toEqual({ kind: 'token', token: 'a.b-_~+/c==' });
  });

  it('is the password of the user "token" (cmi5, 8.2)', () => {
    expect(readAuthorization(basic('token', 'a.b.c'))).toEqual({ kind: 'token', token: 'a.b.c' });
  });
});

it('reads any text as a proof, or says why not', () => {
  assert(
    property(
      oneof(
        string({ unit: 'binary' }),
        base64String().map((text) => `Basic ${text}`),
      ),
      (header) => {
        const read = readAuthorization(header);
        expect(typeof read === 'string' ? read.endsWith('.') : read.kind).toBeTruthy();
      },
    ),
  );
});
