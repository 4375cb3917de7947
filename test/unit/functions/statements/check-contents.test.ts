import { describe, expect, it } from 'vitest';
import { checkContents, checkUploads } from '#functions/statements/check-contents.ts';
import { UPLOAD_BYTES, UPLOAD_LEAST } from '#functions/statements/limits.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aStatement } from '#test/support/statements.ts';

const SMALL = Buffer.from('four');
const LARGE = Buffer.from('five.');
const statements = [SMALL, LARGE].map((content) => aStatement({ attachments: [anAttachment(content)] }));
const contents = [SMALL, LARGE].map((content) => ({ sha2: anAttachment(content).sha2, content }));
const pathOf = (index: number): string => `$[${index}]`;

const many = (count: number, bytes: number) =>
  Array.from({ length: count }, () => ({ sha2: 'a'.repeat(64), content: Buffer.alloc(bytes) }));

describe('the contents of attachments', () => {
  it('may be as large as the store takes them', () => {
    expect(() => checkContents(statements, contents, 5, pathOf)).not.toThrow();
    expect(() => checkContents(statements, contents, Number.POSITIVE_INFINITY, pathOf)).not.toThrow();
  });

  it('are refused above that, by the path of the attachment', () => {
    expect(() => checkContents(statements, contents, 4, pathOf)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'request-too-large',
          path: '$[1].attachments[0]',
          expected: 'at most 4 bytes',
          received: '5 bytes',
        }),
      }),
    );
  });

  it('may be of many actors, but not of any number', () => {
    expect(() => checkUploads(many(UPLOAD_BYTES / UPLOAD_LEAST, 1))).not.toThrow();
    expect(() => checkUploads(many(UPLOAD_BYTES / UPLOAD_LEAST + 1, 1))).toThrow(
      expect.objectContaining({ code: 'request-too-large' }),
    );
    expect(() => checkUploads(many(17, 4 * 1024 * 1024))).toThrow(
      expect.objectContaining({ code: 'request-too-large' }),
    );
  });
});
