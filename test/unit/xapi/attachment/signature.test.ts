import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCertificate } from '#test/support/certificates.ts';
import { aJws, anAttachment, sha256Of, signedBy } from '#test/support/signed-statements.ts';
import { aStatement, anAgent } from '#test/support/statements.ts';
import { verifySignatures } from '#xapi/attachment/signature.ts';
import { XapiError } from '#xapi/errors.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const statement = aStatement({ id: '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001', result: { duration: 'PT1.237S' } });
const payload = JSON.stringify(statement);
const RS256 = { alg: 'RS256' };

const root = aCertificate({
  subject: 'root',
  publicKey: issuer.publicKey,
  issuer: 'root',
  issuerKey: issuer.privateKey,
});
const leaf = aCertificate({
  subject: 'leaf',
  publicKey: signer.publicKey,
  issuer: 'root',
  issuerKey: issuer.privateKey,
});
const ellipticLeaf = aCertificate({
  subject: 'leaf',
  publicKey: elliptic.publicKey,
  issuer: 'root',
  issuerKey: issuer.privateKey,
});

const jwsWith = (header: object, text = payload): Buffer => aJws(header, text, signer.privateKey);

function verified(content: Uint8Array, signed: Statement = signedBy(statement, content)): void {
  verifySignatures([signed], [{ sha2: sha256Of(content), content }], (index) => `$[${index}]`);
}

const refused = (path = '$[0].attachments[0]') =>
  expect.objectContaining({ code: 'signature-invalid', problem: expect.objectContaining({ path }) });

describe('signed statements (xAPI 1.0.3, Data 2.6)', () => {
  it.each([
    ['RS256', 'sha256'],
    ['RS384', 'sha384'],
    ['RS512', 'sha512'],
  ])('may use %s, with or without certificates', (alg, hash) => {
    expect(() => verified(aJws({ alg }, payload, signer.privateKey, hash))).not.toThrow();
    expect(() => verified(aJws({ alg, x5c: [leaf, root] }, payload, signer.privateKey, hash))).not.toThrow();
  });

  it('are compared as statements, with what the LRS may change left out', () => {
    const { id, ...unnamed } = statement;
    expect(() => verified(jwsWith(RS256, JSON.stringify(unnamed)))).not.toThrow();
    expect(() => verified(jwsWith(RS256, payload.replace('1.237S', '1.23S')))).not.toThrow();
    const withAuthority = { ...statement, authority: anAgent('lms') };
    const content = jwsWith(RS256);
    expect(() => verified(content, signedBy(withAuthority, content))).not.toThrow();
    expect(id).toBe(statement.id);
  });

  it('may have other attachments, which are signed', () => {
    const text = Buffer.from('some text');
    const attached = { ...statement, attachments: [anAttachment(text)] };
    const whole = jwsWith(RS256, JSON.stringify(attached));
    expect(() => verified(whole, signedBy(attached, whole))).not.toThrow();
    const without = jwsWith(RS256);
    expect(() => verified(without, signedBy(attached, without))).toThrow(refused('$[0].attachments[1]'));
  });

  it('are read once, however many statements they sign', () => {
    const content = jwsWith({ ...RS256, padding: 'x'.repeat(1_000_000) });
    const signed = signedBy(statement, content);
    const [attachment] = signed.attachments ?? [];
    const attachments = Array.from({ length: 1_000 }, () => attachment).filter((item) => item !== undefined);
    const statements = [...Array.from({ length: 2_000 }, () => signed), { ...signed, attachments }];
    const start = performance.now();
    verifySignatures(statements, [{ sha2: sha256Of(content), content }], () => '$');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('are compared with every statement they are declared for', () => {
    const content = jwsWith(RS256);
    const other = signedBy({ ...statement, actor: anAgent('bob') }, content);
    const contents = [{ sha2: sha256Of(content), content }];
    expect(() => verifySignatures([signedBy(statement, content), other], contents, (index) => `$[${index}]`)).toThrow(
      refused('$[1].attachments[0]'),
    );
  });

  it('are refused with a key that takes long to use', () => {
    const { n = '' } = signer.publicKey.export({ format: 'jwk' });
    const publicKey = createPublicKey({ key: { kty: 'RSA', n, e: n }, format: 'jwk' });
    const slow = aCertificate({ subject: 'slow', publicKey, issuer: 'root', issuerKey: issuer.privateKey });
    expect(() => verified(jwsWith({ ...RS256, x5c: [slow, root] }))).toThrow(/exponent of more than 64 bits/u);
  });

  it('are no business of statements without a signature', () => {
    expect(() =>
      verified(Buffer.from('no JWS'), { ...statement, attachments: [anAttachment(Buffer.from('x'))] }),
    ).not.toThrow();
  });

  it.each<[string, Uint8Array]>([
    ['another statement', jwsWith(RS256, JSON.stringify({ ...statement, actor: anAgent('bob') }))],
    ['a payload that is not JSON', jwsWith(RS256, payload.replace('"', "'"))],
    ['a payload that is no object', jwsWith(RS256, '[]')],
    ['a payload that is not UTF-8', Buffer.from(jwsWith(RS256).toString().replace(/\.\w+/, '._w'))],
    ['the algorithm HS256', jwsWith({ alg: 'HS256' })],
    ['no algorithm', jwsWith({ alg: 'none' })],
    ['extensions it does not know', jwsWith({ ...RS256, crit: ['b64'], b64: false })],
    ['JSON serialization', Buffer.from(JSON.stringify({ payload: '', signatures: [] }))],
    [
      'an empty signature',
      Buffer.from(
        jwsWith(RS256)
          .toString()
          .replace(/\.[^.]*$/, '.'),
      ),
    ],
    ['certificates that are no list', jwsWith({ ...RS256, x5c: leaf })],
    ['no certificate in a list', jwsWith({ ...RS256, x5c: [] })],
    ['a certificate that is no text', jwsWith({ ...RS256, x5c: [1] })],
    ['a certificate that is none', jwsWith({ ...RS256, x5c: ['bm9uZQ=='] })],
    ['the certificate of another key', jwsWith({ ...RS256, x5c: [root] })],
    ['the certificate of another kind of key', aJws({ ...RS256, x5c: [ellipticLeaf] }, payload, elliptic.privateKey)],
    ['a chain in disorder', jwsWith({ ...RS256, x5c: [leaf, leaf] })],
    ['an issuer with another key', jwsWith({ ...RS256, x5c: [leaf, ellipticRoot()] })],
  ])('are refused with %s', (_, content) => {
    expect(() => verified(content)).toThrow(refused());
  });

  it('are refused without their signature or with another content type', () => {
    const content = jwsWith(RS256);
    expect(() => verifySignatures([signedBy(statement, content)], [], () => '$')).toThrow(refused('$.attachments[0]'));
    expect(() => verified(content, signedBy(statement, content, { contentType: 'text/plain' }))).toThrow(
      refused('$[0].attachments[0].contentType'),
    );
  });

  it('are refused with an error that says so, whatever the signature holds', () => {
    const text = fc.oneof(fc.string(), fc.json());
    const x5c = fc.array(fc.oneof(fc.string(), fc.jsonValue(), fc.constant(leaf)));
    fc.assert(
      fc.property(text, x5c, fc.uint8Array(), (json, chain, bytes) => {
        for (const content of [jwsWith(RS256, json), jwsWith({ ...RS256, x5c: ['', ...chain] }), bytes]) {
          expect(() => verified(content)).toThrow(XapiError);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** A certificate that bears the name of the issuer, not its key. */
function ellipticRoot(): string {
  const publicKey = elliptic.publicKey;
  return aCertificate({ subject: 'root', publicKey, issuer: 'root', issuerKey: issuer.privateKey });
}
