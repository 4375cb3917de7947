import { verify, X509Certificate, type KeyObject } from 'node:crypto';
import { invalidSignature } from '#xapi/attachment/invalid-signature.ts';
import type { Jws } from '#xapi/attachment/jws.ts';
import type { XapiError } from '#xapi/errors.ts';

/**
 * Checks a JWS against the certificates it carries, if any (`x5c`; RFC 7515, 4.1.6): the first one's key made the
 * signature, and each certificate was issued by the next. Whether the last is to be trusted is for the reader of the
 * statement to decide (xAPI 1.0.3, Data 2.6).
 *
 * @throws XapiError `signature-invalid`
 */
export function verifyCertificates(jws: Jws, path: string): void {
  const chain = jws.header['x5c'];
  if (chain === undefined) return;
  if (!Array.isArray(chain) || chain.length === 0) {
    throw invalidSignature(path, 'x5c in the JWS header is not a list of certificates.', 'an array of base64 strings');
  }
  const certificates = chain.map((encoded: unknown, index) => readCertificate(encoded, index, path));
  for (const [index, certificate] of certificates.entries()) {
    const issued = certificates[index - 1];
    if (issued === undefined) verifySigner(jws, certificate, path);
    else verifyIssuer(issued, certificate, index, path);
  }
}

interface Certificate {
  readonly x509: X509Certificate;
  readonly key: KeyObject;
}

/**
 * RSA verification takes time in proportion to the exponent, which is 65,537 nearly everywhere. OpenSSL has the same bound
 * for keys of more than 3,072 bits.
 */
const EXPONENT_LIMIT = 2n ** 64n;

/** Reads the key at once, because a key that OpenSSL cannot use throws when it is read. */
function readCertificate(encoded: unknown, index: number, path: string): Certificate {
  const message = `Certificate ${index + 1} in x5c cannot be read.`;
  if (typeof encoded !== 'string') throw invalidSignature(path, message, 'DER in base64');
  const certificate = parseCertificate(encoded, (cause) => invalidSignature(path, message, 'DER in base64', cause));
  if ((certificate.key.asymmetricKeyDetails?.publicExponent ?? 0n) < EXPONENT_LIMIT) return certificate;
  throw invalidSignature(path, `Certificate ${index + 1} in x5c has an RSA key with an exponent of more than 64 bits.`);
}

function parseCertificate(encoded: string, refusal: (cause: unknown) => XapiError): Certificate {
  try {
    const x509 = new X509Certificate(Buffer.from(encoded, 'base64'));
    return { x509, key: x509.publicKey };
  } catch (cause) {
    throw refusal(cause);
  }
}

/** A key of another kind would verify another kind of signature than the algorithm names. */
function verifySigner({ hash, input, signature }: Jws, { key }: Certificate, path: string): void {
  if (key.asymmetricKeyType === 'rsa' && verify(hash, Buffer.from(input), key, signature)) return;
  throw invalidSignature(path, 'The signature was not made with the key of the first certificate in x5c.');
}

function verifyIssuer({ x509 }: Certificate, issuer: Certificate, index: number, path: string): void {
  if (x509.checkIssued(issuer.x509) && x509.verify(issuer.key)) return;
  throw invalidSignature(path, `Certificate ${index} in x5c was not issued by the one behind it.`);
}
