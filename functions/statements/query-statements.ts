import type { Reply } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import { auditPage } from '#functions/statements/audit-reads.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { gatherAnswer } from '#functions/statements/gather-answer.ts';
import { PAGE_BYTES, pageLimit } from '#functions/statements/limits.ts';
import { MoreLinks } from '#functions/statements/more-links.ts';
import { storedAt } from '#storage/position.ts';
import type { StatementsRequest } from '#http/statements/statement-parameters.ts';
import { visibilityOf } from '#functions/statements/visibility-of.ts';
import { writeAnswer } from '#functions/statements/write-answer.ts';

/** A page of the statements that match, and the link to the next (xAPI 1.0.3, Communication 2.1.3 and Data 2.5). */
export async function queryStatements(
  deps: StatementsDeps,
  request: AuthorizedRequest,
  wanted: StatementsRequest,
): Promise<Reply> {
  const { principal, parameters } = request;
  const visible = visibilityOf(principal);
  const links = new MoreLinks(parameters, { linkSecret: principal.linkSecret, visible });
  const page = await deps.statements.query({
    store: principal.store,
    filters: wanted.filters,
    ...(visible !== undefined && { visible }),
    ascending: wanted.ascending,
    limit: pageLimit(wanted.limit),
    ...(wanted.cursor !== undefined && { after: links.read(wanted.cursor) }),
    maxBytes: PAGE_BYTES,
  });
  const { texts, contents } = await gatherAnswer(deps, request, wanted, page.statements);
  const position = texts.length < page.statements.length ? page.statements[texts.length - 1]?.at : page.next;
  const more = position === undefined ? '' : links.after(`${deps.basePath}/statements`, position);
  auditPage(deps, request, { wanted, statements: texts.length, more: more !== '' });
  const json = `${listOf(texts)},"more":${JSON.stringify(more)}}`;
  const stored = newest(page.statements.slice(0, texts.length));
  return { ...writeAnswer(json, contents, stored, deps.newId), facts: { returned: texts.length } };
}

/** Joined to a rope, which is copied once, when it is sent: joined to a text, it is copied into another one before that. */
function listOf(texts: readonly string[]): string {
  let list = '{"statements":[';
  for (const [index, text] of texts.entries()) list += index === 0 ? text : `,${text}`;
  return `${list}]`;
}

/**
 * When the last of the statements was stored, in milliseconds since 1970; undefined for an empty page.
 *
 * @param statements in the order of their positions, or the other way round
 */
function newest(statements: readonly StoredStatement[]): number | undefined {
  const [first, last] = [statements[0], statements.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return Math.max(storedAt(first.at), storedAt(last.at));
}
