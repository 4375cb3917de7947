import type { AttachmentCell } from '#lake/rows/cell.ts';
import { displayText, type LanguagePreference } from '#lake/rows/display-text.ts';
import type { Attachment } from '#xapi/statement/statement.ts';

/** What is attached to a statement itself, not to its SubStatement (xAPI 1.0.3, Data 2.4.11). */
export function attachmentCells(
  attachments: readonly Attachment[] | undefined,
  languages: LanguagePreference,
): readonly AttachmentCell[] | null {
  if (attachments === undefined) return null;
  return attachments.map(({ usageType, contentType, length, sha2, display, fileUrl }) => ({
    usage_type: usageType,
    content_type: withoutParameters(contentType),
    length: Number.isSafeInteger(length) ? BigInt(length) : null,
    sha2,
    display: displayText(display, languages),
    file_url: fileUrl ?? null,
  }));
}

/** A parameter may be the name of a file, and that name a person's: `raw` has them. */
function withoutParameters(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? contentType).trim();
}
