import { checkStatement } from '#access/check-statement.ts';
import { mayDefine } from '#http/auth/scopes.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { forEachBounded } from '#storage/bounded.ts';
import type { StoreOutcome } from '#storage/statement-store.ts';
import { activitiesOf } from '#xapi/activity/activities-of.ts';
import { agentsOf } from '#xapi/agent/agents-of.ts';
import { type AttachmentContent, pairAttachments } from '#xapi/attachment/pair-attachments.ts';
import { verifySignatures } from '#xapi/attachment/signature.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { auditVoidings } from '#functions/statements/audit-voidings.ts';
import { checkContents, checkUploads } from '#functions/statements/check-contents.ts';
import { checkSizes } from '#functions/statements/check-sizes.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { checkDistinctIds } from '#functions/statements/distinct-ids.ts';
import { ownAuthority } from '#functions/statements/own-authority.ts';
import { ownedContents } from '#functions/statements/owned-contents.ts';
import type { SentStatements } from '#functions/statements/read-sent-statements.ts';

/** Uploads that run at once. */
const UPLOADS = 8;

const NOTHING: StoreOutcome = { results: [] };

export interface Acknowledged {
  /** In the order sent. */
  readonly ids: readonly string[];
  /** How many of them were not there before: replays are acknowledged too. */
  readonly stored: number;
}

/**
 * Stores what a PUT or POST brought, all or nothing.
 *
 * @param newId gives an id to each statement that was sent without one
 */
export async function storeStatements(
  deps: StatementsDeps,
  request: AuthorizedRequest,
  { statements, exact, isArray, parts }: SentStatements,
  newId: () => string,
): Promise<Acknowledged> {
  const { version, principal } = request;
  const pathOf = (index: number): string => (isArray ? `$[${index}]` : '$');
  const { limits } = principal;
  if (limits !== undefined) statements.forEach((one, index) => checkStatement(limits, one, pathOf(index)));
  checkDistinctIds(statements, pathOf);
  const contents = pairAttachments(statements, parts, pathOf);
  checkContents(statements, contents, await contentLimit(deps, request, contents), pathOf);
  verifySignatures(statements, contents, pathOf);
  const drafts = statements.map((statement, index) =>
    draftStatement(statement, exact[index] ?? statement, {
      id: statement.id ?? newId(),
      authority: principal.authority,
      version,
    }),
  );
  checkSizes(drafts, contents, pathOf);
  const sender = { store: principal.store, authority: ownAuthority(principal) };
  const uploads = ownedContents(statements, contents, sender);
  checkUploads(uploads);
  await forEachBounded(uploads, UPLOADS, ({ owner, sha2, content }) => deps.attachments.put(owner, sha2, content));
  const outcome = drafts.length > 0 ? await deps.statements.store(principal.store, drafts) : NOTHING;
  const recording = auditVoidings(deps, request, drafts, outcome);
  if (mayDefine(principal)) await learn(deps, request, drafts);
  await recording;
  return { ids: drafts.map(({ id }) => id), stored: outcome.results.filter((result) => result === 'stored').length };
}

/** Asks for the settings of the store only when they matter. */
async function contentLimit(
  { stores }: StatementsDeps,
  { principal }: AuthorizedRequest,
  contents: readonly AttachmentContent[],
): Promise<number> {
  const store = contents.length === 0 ? undefined : await stores.store(principal.store);
  return store?.settings.attachmentLimit ?? Number.POSITIVE_INFINITY;
}

/**
 * Before the answer, and at a replay again: a process that died after the commit has not learnt. The statements are
 * stored by now, so a failure is for the log alone: a client that is told of one sends them again, maybe with other ids.
 */
async function learn(
  deps: StatementsDeps,
  { id: requestId, principal: { store } }: AuthorizedRequest,
  drafts: readonly StatementDraft[],
): Promise<void> {
  const activities = drafts.flatMap(({ value }) => activitiesOf(value));
  const agents = drafts.flatMap(({ value }) => agentsOf(value));
  const learning = [deps.activities.learn(store, activities), deps.persons.learn(store, agents)];
  for (const result of await Promise.allSettled(learning)) {
    if (result.status === 'rejected') deps.logger.error('not learnt', { requestId, stack: stackOf(result.reason) });
  }
}
