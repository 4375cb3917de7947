import { createHash, sign, type KeyObject } from 'node:crypto';
import type { Attachment, Statement } from '#xapi/statement/statement.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** A JWS in compact serialization (RFC 7515, 7.1). */
export function aJws(header: object, payload: string, key: KeyObject, hash = 'sha256'): Buffer {
  const input = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  return Buffer.from(`${input}.${sign(hash, Buffer.from(input), key).toString('base64url')}`);
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The attachment that declares this content. */
export function anAttachment(content: Uint8Array, overrides: Partial<Attachment> = {}): Attachment {
  return {
    usageType: 'http://example.com/attachment-usage/test',
    display: { en: 'A test attachment' },
    contentType: 'text/plain',
    length: content.length,
    sha2: sha256Of(content),
    ...overrides,
  };
}

/** The statement with this content as its signature. */
export function signedBy(statement: Statement, jws: Uint8Array, overrides: Partial<Attachment> = {}): Statement {
  const signature = anAttachment(jws, {
    usageType: 'http://adlnet.gov/expapi/attachments/signature',
    contentType: 'application/octet-stream',
    ...overrides,
  });
  return { ...statement, attachments: [...(statement.attachments ?? []), signature] };
}
