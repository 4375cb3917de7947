import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** RFC 5280, as little of it as a certificate needs; DER tags from X.690. */
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION_3 = Buffer.from('a003020102', 'hex');
const SERIAL_1 = Buffer.from('020101', 'hex');
/** sha256WithRSAEncryption, with NULL parameters. */
const RSA_SHA256 = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length);
  return Buffer.concat([Buffer.from([tag, 0x82]), length, content]);
}

function nameOf(commonName: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
}

export interface CertificateRequest {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  /** RSA. */
  readonly issuerKey: KeyObject;
  /** As `yymmddhhmmssZ`; in 2049 unless said otherwise. */
  readonly expires?: string;
}

/** @returns the certificate as in `x5c`: DER in base64. */
export function aCertificate({
  subject,
  publicKey,
  issuer,
  issuerKey,
  expires = '490101000000Z',
}: CertificateRequest): string {
  const validity = der(SEQUENCE, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from(expires)));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const toSign = der(SEQUENCE, VERSION_3, SERIAL_1, RSA_SHA256, nameOf(issuer), validity, nameOf(subject), key);
  const signature = sign('sha256', toSign, issuerKey);
  return der(SEQUENCE, toSign, RSA_SHA256, der(0x03, Buffer.from([0]), signature)).toString('base64');
}

/** What a server over TLS shows and has. */
export interface ServerIdentity {
  /** In PEM. */
  readonly key: string;
  /** In PEM; signed by itself. */
  readonly cert: string;
}

/** @param expires as of a certificate */
export function aServerIdentity(host: string, expires?: string): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const names = { subject: host, issuer: host };
  const der = aCertificate({ ...names, publicKey, issuerKey: privateKey, ...(expires !== undefined && { expires }) });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  };
}
