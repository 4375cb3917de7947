import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TOKEN_REFUSALS } from '#access/token-refusal.ts';
import { aSigner, ISSUER, published, someClaims } from '#test/support/tokens.ts';
import { makeKey, publicHalf, signJwt } from '#tokens/sign-jwt.ts';
import { payloadOf } from '#tokens/token-payload.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { verifyOwnToken } from '#tokens/verify-own-token.ts';

const REFUSALS: readonly unknown[] = Object.keys(TOKEN_REFUSALS);

let now: number;
let signer: Awaited<ReturnType<typeof aSigner>>;
let token: string;

beforeAll(async () => {
  signer = await aSigner(() => now);
  token = await signer.sign();
});

beforeEach(() => {
  now = 2_000_000;
});

function verify(text: string): Promise<unknown> {
  return verifyOwnToken(text, signer.deps);
}

function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** A token made by hand, signed as ES256 with the signer's key whatever its header says. */
function handMade(header: unknown, payload: unknown = payloadWith()): string {
  const text = `${encoded(header)}.${encoded(payload)}`;
  const key = { key: { ...signer.key }, format: 'jwk', dsaEncoding: 'ieee-p1363' } as const;
  return `${text}.${signBytes('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function header(other: object = {}): object {
  return { alg: 'ES256', typ: 'at+jwt', kid: signer.key.kid, ...other };
}

function payloadWith(other: object = {}): object {
  return { ...payloadOf(someClaims()), iss: ISSUER, aud: ISSUER, ...other };
}

describe('verifyOwnToken', () => {
  it('gives the claims of a token of this LRS', async () => {
    expect(await verify(token)).toEqual(someClaims());
    expect(await verify(handMade(header()))).toEqual(someClaims());
  });

  it('refuses a token from when it expires, give or take 5 s', async () => {
    now = 4_604_999;
    expect(await verify(token)).toEqual(someClaims());
    now = 4_605_000;
    expect(await verify(token)).toBe('expired');
  });

  it('refuses a token that was issued in the future', async () => {
    now = 994_000;
    expect(await verify(token)).toBe('not-yet-valid');
    now = 996_000;
    expect(await verify(token)).toEqual(someClaims());
  });

  it('refuses a token that is valid for longer than any', async () => {
    expect(await verify(handMade(header(), payloadWith({ iat: 1_000, exp: 200_000 })))).toEqual(
      someClaims({ expires: 200_000_000 }),
    );
    now = 1_000_000 + 86_406_000;
    expect(await verify(handMade(header(), payloadWith({ iat: 1_000, exp: 200_000 })))).toBe('expired');
  });

  it.each<[string, object]>([
    ['of another issuer', { iss: 'urn:serverless-lrs:other' }],
    ['for another audience', { aud: 'urn:serverless-lrs:other' }],
    ['without issuer', { iss: undefined }],
    ['without audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['without an id', { jti: undefined }],
    ['whose end is no number', { exp: '4600' }],
    ['with a limit that is not known', { limits: { future: 1 } }],
  ])('refuses a token %s', async (_, other) => {
    expect(await verify(handMade(header(), payloadWith(other)))).toBe('malformed');
  });

  it.each<[string, object]>([
    ['of another type', { typ: 'JWT' }],
    ['without a type', { typ: undefined }],
    ['with an extension that must be understood', { crit: ['b64'], b64: false }],
    ['with an unknown critical member', { crit: ['x'], x: 1 }],
    ['without a key', { kid: undefined }],
    ['whose key is no text', { kid: { toString: 1 } }],
    ['of an algorithm that is no text', { alg: 1 }],
  ])('refuses a token %s', async (_, other) => {
    expect(await verify(handMade(header(other)))).toBe('malformed');
  });

  it.each(['none', 'None', 'HS256', 'RS256', 'ES384', 'EdDSA'])('refuses the algorithm %s', async (alg) => {
    expect(await verify(handMade(header({ alg })))).toBe('malformed');
  });

  it('refuses what is signed with the public key as a secret', async () => {
    const text = `${encoded(header({ alg: 'HS256' }))}.${encoded(payloadWith())}`;
    const publicKey = createPublicKey({ key: { ...publicHalf(signer.key) }, format: 'jwk' });
    for (const secret of [publicKey.export({ type: 'spki', format: 'pem' }), JSON.stringify(publicHalf(signer.key))]) {
      const mac = createHmac('sha256', secret).update(text).digest('base64url');
      expect(await verify(`${text}.${mac}`)).toBe('malformed');
    }
  });

  it('refuses a token without a signature, or with another key in its header', async () => {
    const [head = '', body = ''] = token.split('.');
    expect(await verify(`${head}.${body}.`)).toBe('malformed');
    expect(await verify(`${encoded({ alg: 'none', typ: 'at+jwt' })}.${body}.`)).toBe('malformed');
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text = `${encoded(header({ jwk: publicKey.export({ format: 'jwk' }) }))}.${body}`;
    const own = signBytes('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(await verify(`${text}.${own.toString('base64url')}`)).toBe('wrong-signature');
  });

  it('refuses what was changed, and the signature of another token', async () => {
    const [head = '', , signature = ''] = token.split('.');
    const raised = encoded(payloadWith({ scope: 'all admin' }));
    expect(await verify(`${head}.${raised}.${signature}`)).toBe('wrong-signature');
    const other = await signer.sign(someClaims({ id: 'token-2' }));
    expect(await verify(`${head}.${token.split('.')[1]}.${other.split('.')[2]}`)).toBe('wrong-signature');
  });

  it('refuses the token of another LRS', async () => {
    const other = await makeKey();
    expect(await verify(await signJwt(payloadOf(someClaims()), other, ISSUER))).toBe('unknown-key');
    expect(await verify(await signer.sign(someClaims(), 'urn:serverless-lrs:other'))).toBe('malformed');
  });

  it('refuses a token whose key has retired', async () => {
    const keys = published([{ jwk: publicHalf(signer.key), signsFrom: 0, retires: 3_000_000 }]);
    const verifying = new VerificationKeys({ published: () => Promise.resolve(keys) }, () => now);
    const deps = { keys: verifying, issuer: ISSUER, now: () => now };
    expect(await verifyOwnToken(token, deps)).toEqual(someClaims());
    now = 3_000_000;
    expect(await verifyOwnToken(token, deps)).toBe('unknown-key');
  });

  it('looks at nothing that is longer than any token', async () => {
    const long = await signer.sign(someClaims({ id: 'x'.repeat(8_192) }));
    expect(await verify(long)).toBe('malformed');
    expect(await verify('x'.repeat(1_000_000))).toBe('malformed');
  });

  it('refuses any text, without throwing', async () => {
    const segment = fc.oneof(
      fc.base64String(),
      fc.string(),
      fc.json().map(encoded),
      fc.constantFrom(...token.split('.'), encoded(header()), encoded(payloadWith())),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(segment, { maxLength: 5 }).map((segments) => segments.join('.')),
      // Not the last character: some of its bits stand for nothing.
      fc.tuple(fc.nat(token.length - 5), fc.string({ minLength: 1, maxLength: 3 })).map(([at, text]) => {
        return token.slice(0, at) + text + token.slice(at + text.length);
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        texts.filter((text) => text !== token),
        async (text) => {
          expect(REFUSALS).toContain(await verify(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses any header and any payload that is signed, or takes it for what it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (head, payload) => {
        expect(REFUSALS).toContain(await verify(handMade(head, payloadWith())));
        expect(REFUSALS).toContain(await verify(handMade(header(), payload)));
      }),
      { numRuns: 50 },
    );
  });
});
