import type { AuthorizedRequest } from '#http/request.ts';
import { chunksOf } from '#storage/bounded.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import { type AttachmentContent, type AttachmentContents, readContents } from '#http/statements/attachment-contents.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { formatStatements } from '#http/statements/format-statements.ts';
import { ANSWER_BYTES, FRAME_BYTES } from '#functions/statements/limits.ts';
import { readerOf } from '#functions/statements/reader-of.ts';
import { statementOf } from '#xapi/statement/statement-of.ts';
import type { Presentation } from '#http/statements/statement-parameters.ts';

/** Statements formatted at once, before it is known whether they fit. */
const CHUNK = 50;

export interface Gathered {
  /** The JSON of as many statements, from the first, as fit an answer with their attachments, but at least one. */
  readonly texts: readonly string[];
  /** Undefined unless they were asked for. */
  readonly contents: AttachmentContents | undefined;
}

export async function gatherAnswer(
  deps: StatementsDeps,
  request: AuthorizedRequest,
  { format, attachments }: Presentation,
  statements: readonly StoredStatement[],
): Promise<Gathered> {
  const texts: string[] = [];
  const contents = new Map<string, AttachmentContent>();
  const gathered = { texts, contents: attachments ? contents : undefined };
  let room = ANSWER_BYTES - FRAME_BYTES;
  for (const chunk of chunksOf(statements, CHUNK)) {
    const formatted = await formatStatements(deps.activities, readerOf(request), format, chunk);
    for (const [index, statement] of chunk.entries()) {
      const text = formatted[index] ?? '';
      room -= (format === 'exact' ? statement.bytes : Buffer.byteLength(text)) + 1;
      const found = attachments ? await contentsOf(deps, request, statement, contents, room) : undefined;
      room -= found?.bytes ?? 0;
      if (room < 0 && texts.length > 0) return gathered;
      texts.push(text);
      for (const [sha2, content] of found?.contents ?? []) contents.set(sha2, content);
    }
  }
  return gathered;
}

function contentsOf(
  { attachments }: StatementsDeps,
  { principal }: AuthorizedRequest,
  statement: StoredStatement,
  known: AttachmentContents,
  room: number,
): ReturnType<typeof readContents> | undefined {
  if (room < 0 || !statement.text.includes('"attachments"')) return undefined;
  return readContents(attachments, principal.store, statementOf(statement), known, room);
}
