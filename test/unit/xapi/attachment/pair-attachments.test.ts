import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anAttachment, sha256Of } from '#test/support/signed-statements.ts';
import { aStatement, aSubStatement } from '#test/support/statements.ts';
import { attachmentsOf } from '#xapi/attachment/attachments-of.ts';
import { pairAttachments, type AttachmentPart } from '#xapi/attachment/pair-attachments.ts';
import type { Attachment } from '#xapi/statement/statement.ts';

const content = Buffer.from('some text');
const sha2 = sha256Of(content);
const part: AttachmentPart = { sha2, contentType: 'text/plain', content };
const attached = (...attachments: readonly Attachment[]) => aStatement({ attachments });
const pathOf = (index: number): string => `$[${index}]`;

describe('pairing attachments with parts (xAPI 1.0.3, Communication 1.5.2)', () => {
  it('gives back each content once', () => {
    const statements = [attached(anAttachment(content)), attached(anAttachment(content))];
    expect(pairAttachments(statements, [part, part], pathOf)).toEqual([{ sha2, content }]);
  });

  it('takes hashes in either case', () => {
    const statements = [attached(anAttachment(content, { sha2: sha2.toUpperCase() }))];
    expect(pairAttachments(statements, [part], pathOf)).toEqual([{ sha2, content }]);
    expect(pairAttachments(statements, [{ ...part, sha2: sha2.toUpperCase() }], pathOf)).toEqual([{ sha2, content }]);
  });

  it.each(['sha224', 'sha256', 'sha384', 'sha512'])('takes hashes by %s', (algorithm) => {
    const hash = createHash(algorithm).update(content).digest('hex');
    const statements = [attached(anAttachment(content, { sha2: hash }))];
    expect(pairAttachments(statements, [{ ...part, sha2: hash }], pathOf)).toEqual([{ sha2: hash, content }]);
  });

  it('pairs by hash alone, not by length', () => {
    expect(pairAttachments([attached(anAttachment(content, { length: 1 }))], [part], pathOf)).toHaveLength(1);
  });

  it('needs no part for an attachment with fileUrl, and takes one', () => {
    const statements = [attached(anAttachment(content, { fileUrl: 'http://example.com/file' }))];
    expect(pairAttachments(statements, [], pathOf)).toEqual([]);
    expect(pairAttachments(statements, [part], pathOf)).toHaveLength(1);
  });

  it('takes one look at each of 20,000 attachments and parts with the same hash', () => {
    const attachments = Array.from({ length: 20_000 }, (_, index) =>
      anAttachment(content, { contentType: `text/x-${index}` }),
    );
    const parts = attachments.map(() => ({ ...part, contentType: 'text/x-19999' }));
    const start = performance.now();
    expect(pairAttachments([attached(...attachments)], parts, pathOf)).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('finds attachments of SubStatements', () => {
    const statement = aStatement({ object: aSubStatement({ attachments: [anAttachment(content)] }) });
    expect(attachmentsOf(statement)).toEqual([anAttachment(content)]);
    expect(pairAttachments([statement], [part], pathOf)).toHaveLength(1);
    expect(() => pairAttachments([statement], [], pathOf)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ path: '$[0].object.attachments[0]' }) }),
    );
  });

  it.each([
    ['a part that no statement declares', aStatement(), [part], 'X-Experience-API-Hash'],
    ['a part without hash', attached(anAttachment(content)), [{ ...part, sha2: '' }], 'X-Experience-API-Hash'],
    ['an attachment without part or fileUrl', attached(anAttachment(content)), [], '$[0].attachments[0]'],
    [
      'a hash that is not that of the content',
      attached(anAttachment(content)),
      [{ ...part, content: Buffer.from('other') }],
      '$[0].attachments[0].sha2',
    ],
    [
      'a hash of an unknown kind',
      attached(anAttachment(content, { sha2: 'abc' })),
      [{ ...part, sha2: 'abc' }],
      '$[0].attachments[0].sha2',
    ],
    [
      'another content type',
      attached(anAttachment(content)),
      [{ ...part, contentType: 'image/jpeg' }],
      '$[0].attachments[0].contentType',
    ],
  ])('refuses %s', (_, statement, parts, path) => {
    expect(() => pairAttachments([statement], parts, pathOf)).toThrow(
      expect.objectContaining({ code: 'attachment-invalid', problem: expect.objectContaining({ path }) }),
    );
  });

  it.each(['', 'TEXT/Plain; charset=ascii'])('takes a part with the content type %o', (contentType) => {
    expect(pairAttachments([attached(anAttachment(content))], [{ ...part, contentType }], pathOf)).toHaveLength(1);
  });
});
