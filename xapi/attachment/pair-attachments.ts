import { locateAttachments, type LocatedAttachment } from '#xapi/attachment/attachments-of.ts';
import { hasSha2 } from '#xapi/attachment/sha2.ts';
import { mediaTypeOf } from '#xapi/data-types/media-type.ts';
import { XapiError, type Problem } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** A part of a `multipart/mixed` request behind the first one (xAPI 1.0.3, Communication 1.5.2). */
export interface AttachmentPart {
  /** As in the header `X-Experience-API-Hash`; empty when the part has none. */
  readonly sha2: string;
  /** As in the header `Content-Type`; empty when the part has none. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface AttachmentContent {
  /** Lower-case hex. */
  readonly sha2: string;
  readonly content: Uint8Array;
}

const SECTION = 'xAPI 1.0.3, Communication 1.5.2; xAPI 2.0, 4.1.3';

/**
 * Finds the content of every declared attachment by its hash and, as the specification demands, by nothing else: a
 * declared `length` that is wrong is kept as sent.
 *
 * @param pathOf JSON path of the statement with this index
 * @returns each content once
 * @throws XapiError `attachment-invalid` when an attachment has neither part nor `fileUrl`, when no statement declares a
 *   part, when a hash is not that of the content, or when the content types differ
 */
export function pairAttachments(
  statements: readonly Statement[],
  parts: readonly AttachmentPart[],
  pathOf: (index: number) => string,
): readonly AttachmentContent[] {
  const declared = statements.flatMap((statement, index) => locateAttachments(statement, pathOf(index)));
  const declarations = new Map([...Map.groupBy(declared, hashOf)].map(([sha2, list]) => [sha2, declarationOf(list)]));
  const contents = new Map<string, Uint8Array>();
  for (const [index, part] of parts.entries()) {
    const sha2 = part.sha2.toLowerCase();
    checkPart(part, `Part ${index + 2} of the request`, declarations.get(sha2));
    contents.set(sha2, part.content);
  }
  for (const { attachment, path } of declared) {
    if (attachment.fileUrl === undefined && !contents.has(hashOf({ attachment }))) throw withoutContent(path);
  }
  return [...contents].map(([sha2, content]) => ({ sha2, content }));
}

/** What all statements together declare of one content. */
interface Declaration {
  readonly first: LocatedAttachment | undefined;
  readonly mediaTypes: ReadonlySet<string>;
}

function declarationOf(list: readonly LocatedAttachment[]): Declaration {
  return { first: list[0], mediaTypes: new Set(list.map(({ attachment }) => mediaTypeOf(attachment.contentType))) };
}

function hashOf({ attachment }: Pick<LocatedAttachment, 'attachment'>): string {
  return attachment.sha2.toLowerCase();
}

function checkPart(part: AttachmentPart, name: string, declaration: Declaration | undefined): void {
  const { first, mediaTypes } = declaration ?? {};
  if (first === undefined) {
    const message = `${name} is not declared by any statement: its X-Experience-API-Hash is no sha2 of an attachment.`;
    throw invalid({ message, path: 'X-Experience-API-Hash', received: shorten(part.sha2) });
  }
  if (!hasSha2(part.content, part.sha2)) {
    throw invalid({
      message: `${name} does not have the hash it was sent with.`,
      path: `${first.path}.sha2`,
      expected: 'the SHA-2 of the content',
      received: shorten(part.sha2),
    });
  }
  if (part.contentType !== '' && mediaTypes?.has(mediaTypeOf(part.contentType)) !== true) {
    throw invalid({
      message: `${name} has another content type than its attachment.`,
      path: `${first.path}.contentType`,
      expected: shorten(part.contentType),
      received: shorten(first.attachment.contentType),
    });
  }
}

function withoutContent(path: string): XapiError {
  return invalid({
    message: 'The attachment has no content: there is no part with its hash, and it has no fileUrl.',
    path,
    expected: 'a part whose X-Experience-API-Hash is the sha2, or a fileUrl',
  });
}

function invalid(problem: Omit<Problem, 'code' | 'section'>): XapiError {
  return new XapiError({ code: 'attachment-invalid', section: SECTION, ...problem });
}
