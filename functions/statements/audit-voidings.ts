import { storedAt } from '#storage/position.ts';
import { forEachBounded } from '#storage/bounded.ts';
import type { NotedEvent } from '#storage/event-notes.ts';
import type { StatementStore, StoreOutcome } from '#storage/statement-store.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { voidedBy } from '#xapi/statement/voiding.ts';

/** Statements that are read at once. */
const READS = 16;
/** Milliseconds from a voiding on during which its record can be made up for: less than the keeper looks back. */
const LATE = 6 * 86_400_000;

interface AuditDeps {
  readonly auditor: Auditor;
  readonly statements: Pick<StatementStore, 'get'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A voiding statement, the statement that it voids, and whether it was there already. */
interface Voiding {
  readonly by: string;
  readonly subject: string;
  readonly replayed: boolean;
}

/**
 * Records each statement that was voided, before the answer. A voiding that is sent again voids nothing, and is recorded
 * only if it was not: the process that stored it may have died before.
 */
export async function auditVoidings(
  deps: AuditDeps,
  { id: requestId, source, principal: { store, key } }: AuthorizedRequest,
  drafts: readonly StatementDraft[],
  outcome: StoreOutcome,
): Promise<void> {
  const events: NotedEvent[] = [];
  const common = { store, principal: key, source, requestId, action: 'statement-voided', result: 'done' } as const;
  await forEachBounded(voidingsOf(drafts, outcome), READS, async (voiding) => {
    const time = await timeOf(deps, store, voiding);
    const { by, subject } = voiding;
    if (time !== undefined) events.push({ id: by, event: { ...common, time, subject, details: { by } } });
  });
  await deps.auditor.record(events);
}

function voidingsOf(drafts: readonly StatementDraft[], { results }: StoreOutcome): readonly Voiding[] {
  return drafts.flatMap(({ id, value }, index) => {
    const subject = voidedBy(value);
    return subject === undefined ? [] : [{ by: id, subject, replayed: results[index] === 'replayed' }];
  });
}

/** @returns the time that its record has, or had; undefined when it is too old to have another, or cannot be read now. */
async function timeOf(
  { statements, now }: AuditDeps,
  store: string,
  { by, replayed }: Voiding,
): Promise<number | undefined> {
  if (!replayed) return now();
  const statement = await statements.get(store, by).catch(() => undefined);
  const time = statement === undefined ? 0 : storedAt(statement.at);
  return time > now() - LATE ? time : undefined;
}
