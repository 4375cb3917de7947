import type { Auditor } from '#http/audit/auditor.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StoreOutcome } from '#storage/statement-store.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { voidedBy } from '#xapi/statement/voiding.ts';

interface AuditDeps {
  readonly auditor: Auditor;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Records each statement that was voided now, before the answer: a voiding that is sent again voids nothing. */
export async function auditVoidings(
  { auditor, now }: AuditDeps,
  { id: requestId, source, principal: { store, key } }: AuthorizedRequest,
  drafts: readonly StatementDraft[],
  { results }: StoreOutcome,
): Promise<void> {
  const stored = drafts.filter((_, index) => results[index] === 'stored');
  const voided = stored.flatMap(({ id, value }) => {
    const subject = voidedBy(value);
    return subject === undefined ? [] : [{ subject, by: id }];
  });
  const common = { store, time: now(), principal: key, source, requestId, action: 'statement-voided' } as const;
  await auditor.record(
    store,
    voided.map(({ subject, by }) => ({ ...common, subject, result: 'done', details: { by } })),
  );
}
