import { dirname } from 'node:path';
import type { ExportAnswer } from '#access/admin-api.ts';
import { type Session, show } from '#cli/commands/session.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableMembers, readableTime } from '#cli/output/values.ts';

export const EXPORT_COLUMNS: readonly Column<ExportAnswer>[] = [
  { head: 'EXPORT', of: ({ id }) => readable(id) },
  { head: 'STATE', of: ({ state }) => readable(state) },
  { head: 'FORMAT', of: ({ format }) => readable(format) },
  { head: 'STATEMENTS', of: ({ progress }) => readable(progress.statements) },
  { head: 'CREATED', of: ({ created }) => readableTime(created) },
  { head: 'BY', of: ({ createdBy }) => readable(createdBy) },
  { head: 'QUERY', of: ({ query }) => readableMembers(query), mayBeCut: true },
];

/** Files that are named one by one. */
const NAMED = 3;

/** @param saved files that were written on this machine */
export function showExport(session: Session, answer: ExportAnswer, saved?: readonly string[]): void {
  const value = saved === undefined ? answer : { ...answer, saved };
  show(session, value, () =>
    fields({
      Export: readable(answer.id),
      Store: readable(answer.store),
      State: readable(answer.state),
      Failure: readable(answer.failure),
      Query: readableMembers(answer.query),
      Format: readable(answer.format),
      Columns: readable(answer.columns),
      Attachments: answer.attachments ? 'yes' : '',
      Language: readable(answer.language),
      Statements: readable(answer.progress.statements),
      Files: readable(answer.progress.files),
      Bytes: readable(answer.progress.bytes),
      Created: readableTime(answer.created),
      'Created by': readable(answer.createdBy),
      Ended: readableTime(answer.ended),
      Saved: savedText(saved),
    }),
  );
}

/** The first part lies in the folder itself. */
function savedText(saved: readonly string[] = []): string {
  const [first] = saved;
  if (first === undefined || saved.length <= NAMED) return saved.join(', ');
  return `${readable(saved.length)} files in ${dirname(first)}`;
}
