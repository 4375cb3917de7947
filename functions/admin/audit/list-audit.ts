import type { AuditRecordAnswer } from '#access/admin-api.ts';
import type { StoreId } from '#access/store.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { type Call, operation } from '#functions/admin/api/operation.ts';
import { isDescending, pageRequest } from '#functions/admin/api/query.ts';
import { auditCursor, readAuditCursor } from '#functions/admin/audit/audit-cursor.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

/** Milliseconds that a record of a reading stands for: who comes back with an old cursor reads anew. */
const READING = 60 * 60_000;

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  tag: 'Audit',
  summary: 'Read the audit of a store',
  details:
    'Reading the first page leaves a record itself, before the page is read, and going on after an hour another one. ' +
    'docs/reference/audit.md says what is recorded, and how a chain of records is verified.',
  access: 'admin',
  query: ['store', 'limit', 'after', 'order'],
  body: NO_BODY,
  answer: { status: 200, schema: 'audit-record', isList: true },
  refusals: [],
  handle: async (deps, call) => {
    const { principal, query } = call;
    const { limit, after: cursor } = pageRequest(query);
    const newestFirst = isDescending(query);
    const { id: store } = await managedStore(deps, principal, query.store);
    const begun = cursor === undefined ? undefined : readAuditCursor(cursor, { store, newestFirst }, principal);
    const isRecorded = begun !== undefined && deps.now() < begun.recorded + READING;
    const recorded = isRecorded ? begun.recorded : await recordReading(deps, call, store);
    const page = { limit, newestFirst, ...(begun !== undefined && { after: begun.after }) };
    const { items, next } = await deps.auditLog.list(store, page);
    const end = next === undefined ? {} : { next: auditCursor(next, { store, newestFirst, recorded }, principal) };
    return { value: listAnswer({ items, ...end }, (record): AuditRecordAnswer => record) };
  },
});

/** @returns when, in milliseconds since 1970. */
async function recordReading(
  { auditLog, now }: AdminDeps,
  { request, principal }: Pick<Call, 'request' | 'principal'>,
  store: StoreId,
): Promise<number> {
  const time = now();
  await auditLog.append({
    store,
    time,
    principal: principal.key,
    source: request.source,
    requestId: request.id,
    action: 'audit-read',
    result: 'done',
  });
  return time;
}
