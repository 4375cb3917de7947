import { locateAttachments } from '#xapi/attachment/attachments-of.ts';
import type { AttachmentContent } from '#xapi/attachment/pair-attachments.ts';
import { XapiError } from '#xapi/errors.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { UPLOAD_BYTES, UPLOAD_LEAST } from '#functions/statements/limits.ts';

const SECTION = 'xAPI 1.0.3, Communication 3.2; xAPI 2.0, 4.1.5';

/**
 * @param limit bytes of one content, by the settings of the store
 * @param pathOf JSON path of the statement with this index
 * @throws XapiError `request-too-large`
 */
export function checkContents(
  statements: readonly Statement[],
  contents: readonly AttachmentContent[],
  limit: number,
  pathOf: (index: number) => string,
): void {
  const large = contents.find(({ content }) => content.length > limit);
  if (large === undefined) return;
  const declared = statements.flatMap((statement, index) => locateAttachments(statement, pathOf(index)));
  const path = declared.find(({ attachment }) => attachment.sha2.toLowerCase() === large.sha2)?.path;
  throw new XapiError({
    code: 'request-too-large',
    message: 'The content of the attachment is larger than this store takes: refer to it by fileUrl.',
    ...(path !== undefined && { path }),
    expected: `at most ${limit} bytes`,
    received: `${large.content.length} bytes`,
    section: SECTION,
  });
}

/**
 * A content is put once for each actor, so that a request can ask for far more than it brings.
 *
 * @throws XapiError `request-too-large`
 */
export function checkUploads(uploads: readonly AttachmentContent[]): void {
  const bytes = uploads.reduce((sum, { content }) => sum + Math.max(content.length, UPLOAD_LEAST), 0);
  if (bytes <= UPLOAD_BYTES) return;
  throw new XapiError({
    code: 'request-too-large',
    message: 'The attachments belong to statements of too many actors: send the statements in several requests.',
    section: SECTION,
  });
}
