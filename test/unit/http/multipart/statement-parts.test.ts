import { describe, expect, it } from 'vitest';
import { sha256Of } from '#test/support/signed-statements.ts';
import { readStatementParts } from '#http/multipart/statement-parts.ts';

const JSON_PART = 'Content-Type: application/json; charset=utf-8\r\n\r\n{}';
const ATTACHMENT =
  'Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: abc\r\n\r\ntext';

/** As some clients send them: see `splitJoinedParts`. */
function joinedParts(count: number): string {
  const part = ATTACHMENT.replace('abc', sha256Of(Buffer.from('text')));
  return Array.from({ length: count }, () => part).join('--b\r\n');
}

const read = (parts: readonly string[], boundary: string | undefined = 'b'): ReturnType<typeof readStatementParts> =>
  readStatementParts(Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`), boundary);

describe('a request with attachments (xAPI 1.0.3, Communication 1.5.2)', () => {
  it('has the statements in its first part and attachments behind it', () => {
    const { json, parts } = read([JSON_PART, ATTACHMENT]);
    expect(Buffer.from(json).toString()).toBe('{}');
    expect(parts).toEqual([{ sha2: 'abc', contentType: 'text/plain', content: Buffer.from('text') }]);
  });

  it('may have no attachment', () => {
    expect(read([JSON_PART]).parts).toEqual([]);
  });

  it.each([
    ['body-invalid', 'a first part of another type', [ATTACHMENT]],
    ['body-invalid', 'no part', []],
    ['attachment-invalid', 'a part without a hash', [JSON_PART, ATTACHMENT.replace(/X-Exp.*\r\n/u, '')]],
    [
      'attachment-invalid',
      'a part that does not say it is binary',
      [JSON_PART, ATTACHMENT.replace(/Content-Tr.*\r\n/u, '')],
    ],
    ['body-invalid', 'more than 1,000 parts without a line end between them', [JSON_PART, joinedParts(1_001)]],
    ['attachment-invalid', 'a part in base64', [JSON_PART, ATTACHMENT.replace('binary', 'base64')]],
  ])('is refused as %s with %s', (code, _, parts) => {
    expect(() => read(parts)).toThrow(expect.objectContaining({ code }));
  });

  it.each([undefined, '', 'x'.repeat(71), 'ends with space ', 'a"b', 'a\u0000b'])(
    'is refused with boundary %o',
    (boundary) => {
      expect(() => readStatementParts(Buffer.from(''), boundary)).toThrow(
        expect.objectContaining({ code: 'header-invalid' }),
      );
    },
  );
});
