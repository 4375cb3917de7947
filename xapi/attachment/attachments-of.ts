import { isSubStatement } from '#xapi/statement/object-type.ts';
import type { Attachment, Statement } from '#xapi/statement/statement.ts';

export interface LocatedAttachment {
  readonly attachment: Attachment;
  /** JSON path of the attachment. */
  readonly path: string;
}

/**
 * The attachments a statement declares, those of its SubStatement included (xAPI 1.0.3, Data 2.4.11).
 *
 * @param root JSON path of the statement
 */
export function locateAttachments(statement: Statement, root: string): readonly LocatedAttachment[] {
  const { object, attachments = [] } = statement;
  const ofSubStatement = isSubStatement(object) ? (object.attachments ?? []) : [];
  return [
    ...attachments.map((attachment, index) => ({ attachment, path: `${root}.attachments[${index}]` })),
    ...ofSubStatement.map((attachment, index) => ({ attachment, path: `${root}.object.attachments[${index}]` })),
  ];
}

/** The attachments a statement declares, those of its SubStatement included. */
export function attachmentsOf(statement: Statement): readonly Attachment[] {
  return locateAttachments(statement, '$').map(({ attachment }) => attachment);
}
