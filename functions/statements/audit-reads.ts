import type { Auditor } from '#http/audit/auditor.ts';
import type { AuthorizedRequest, Parameter } from '#http/request.ts';
import type { StatementsRequest } from '#http/statements/statement-parameters.ts';

/** Statements on a page that make a read of it one in bulk, whether more follow or not. */
const BULK = 100;

/** Parameters that say how an answer looks, not which statements are in it. */
const NO_FILTERS: ReadonlySet<string> = new Set(['limit', 'ascending', 'cursor', 'format', 'attachments']);

interface AuditDeps {
  readonly auditor: Auditor;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A page of statements that was asked for and found. */
export interface ReadPage {
  readonly wanted: Pick<StatementsRequest, 'cursor'>;
  readonly statements: number;
  /** Whether more follow. */
  readonly more: boolean;
}

export function auditSingle({ auditor }: AuditDeps, { principal: { store, key } }: AuthorizedRequest): void {
  auditor.count({ store, action: 'statements-read', principal: key, counts: { singles: 1 } });
}

/** Every page is counted; the first of many statements has a record of its own. */
export function auditPage(
  { auditor, now }: AuditDeps,
  { id, source, principal: { store, key }, parameters }: AuthorizedRequest,
  { wanted, statements, more }: ReadPage,
): void {
  const counts = statements > 0 ? { pages: 1, statements } : { pages: 1 };
  auditor.count({ store, action: 'statements-read', principal: key, counts });
  if (wanted.cursor !== undefined || !(more || statements >= BULK)) return;
  auditor.recordHourly({
    store,
    time: now(),
    principal: key,
    source,
    requestId: id,
    action: 'bulk-read',
    result: 'done',
    details: { filters: filtersOf(parameters), statements, more },
  });
}

/** Their names only: a value may name a learner. */
function filtersOf(parameters: readonly Parameter[]): string {
  const names = parameters.map(({ name }) => name).filter((name) => !NO_FILTERS.has(name));
  return names.toSorted().join(' ');
}
