import { writeMultipart } from '#http/multipart/write-multipart.ts';
import type { Part } from '#http/multipart/parse-multipart.ts';
import { httpDate, jsonReply, type Reply } from '#http/reply.ts';
import type { AttachmentContents } from '#http/statements/attachment-contents.ts';

/**
 * @param json the statement or statements
 * @param contents of the attachments, when they were asked for (xAPI 1.0.3, Communication 1.5.2)
 * @param stored of the newest statement, milliseconds since 1970
 */
export function writeAnswer(
  json: string,
  contents: AttachmentContents | undefined,
  stored: number | undefined,
  newId: () => string,
): Reply {
  const lastModified = stored === undefined ? {} : { 'Last-Modified': httpDate(stored) };
  if (contents === undefined) return jsonReply(json, lastModified);
  const { boundary, body } = writeMultipart([statementsPart(json), ...attachmentParts(contents)], newId);
  return { status: 200, headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}`, ...lastModified }, body };
}

function statementsPart(json: string): Part {
  return { headers: { 'Content-Type': 'application/json' }, content: Buffer.from(json) };
}

function attachmentParts(contents: AttachmentContents): readonly Part[] {
  return [...contents].map(([sha2, { attachment, content }]) => ({
    headers: {
      'Content-Type': attachment.contentType,
      'Content-Transfer-Encoding': 'binary',
      'X-Experience-API-Hash': sha2,
    },
    content,
  }));
}
