import type { AuditRecordAnswer } from '#access/admin-api.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { isDescending, pageRequest } from '#functions/admin/api/query.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  tag: 'Audit',
  summary: 'Read the audit of a store',
  details:
    'Reading the first page leaves a record itself, before the page is read. docs/reference/audit.md says what is recorded, ' +
    'and how a chain of records is verified.',
  access: 'admin',
  query: ['store', 'limit', 'after', 'order'],
  body: NO_BODY,
  answer: { status: 200, schema: 'audit-record', isList: true },
  refusals: [],
  handle: async ({ registry, auditLog, now }, { request, principal, query }) => {
    const page = pageRequest(query);
    const newestFirst = isDescending(query);
    const { id: store } = await managedStore({ registry }, principal, query.store);
    if (page.after === undefined) {
      await auditLog.append({
        store,
        time: now(),
        principal: principal.key,
        source: request.source,
        requestId: request.id,
        action: 'audit-read',
        result: 'done',
      });
    }
    const records = await auditLog.list(store, { ...page, newestFirst });
    return { value: listAnswer(records, (record): AuditRecordAnswer => record) };
  },
});
