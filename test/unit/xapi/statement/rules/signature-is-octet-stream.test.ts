import { describe, expect, it } from 'vitest';

import { signatureIsOctetStream } from '#xapi/statement/rules/signature-is-octet-stream.ts';

const attachment = { display: {}, length: 1, sha2: 'ab'.repeat(32) };
const signature = { ...attachment, usageType: 'http://adlnet.gov/expapi/attachments/signature' };

describe('content type of an attachment (xAPI 1.0.3, Data 2.6)', () => {
  it('is application/octet-stream for a signature', () => {
    const contentType = 'application/octet-stream';
    expect(signatureIsOctetStream({ ...signature, contentType }, '$')).toBeUndefined();
    expect(signatureIsOctetStream({ ...signature, contentType: 'text/plain' }, '$')?.path).toBe('$.contentType');
  });

  it('is free for other attachments', () => {
    const other = { ...attachment, usageType: 'http://example.com/certificate', contentType: 'text/plain' };
    expect(signatureIsOctetStream(other, '$')).toBeUndefined();
  });
});
