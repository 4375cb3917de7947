import { PART_BYTES, STATEMENT_BYTES } from '#http/statements/limits.ts';
import { attachmentsOf } from '#xapi/attachment/attachments-of.ts';
import type { AttachmentContent } from '#xapi/attachment/pair-attachments.ts';
import { XapiError } from '#xapi/errors.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

/**
 * A statement that could be stored but never given back is refused.
 *
 * @param contents those that came with the request
 * @param pathOf JSON path of the statement with this index
 * @throws XapiError `request-too-large`
 */
export function checkSizes(
  drafts: readonly StatementDraft[],
  contents: readonly AttachmentContent[],
  pathOf: (index: number) => string,
): void {
  const bytes = new Map(contents.map(({ sha2, content }) => [sha2, content.length + PART_BYTES]));
  for (const [index, { value, exact }] of drafts.entries()) {
    const hashes = new Set(attachmentsOf(value).map(({ sha2 }) => sha2.toLowerCase()));
    const attached = [...hashes].reduce((sum, sha2) => sum + (bytes.get(sha2) ?? 0), 0);
    if (Buffer.byteLength(JSON.stringify(exact)) + attached > STATEMENT_BYTES) throw tooLarge(pathOf(index));
  }
}

function tooLarge(path: string): XapiError {
  const limit = `${STATEMENT_BYTES / 1024 / 1024} MiB`;
  return new XapiError({
    code: 'request-too-large',
    message: `The statement with its attachments is larger than ${limit}: refer to large contents by fileUrl.`,
    path,
    expected: `at most ${limit}`,
    section: 'xAPI 1.0.3, Communication 3.2; xAPI 2.0, 4.1.5',
  });
}
