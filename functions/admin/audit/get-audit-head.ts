import type { AuditHeadAnswer } from '#access/admin-api.ts';
import { NOTHING_BEFORE } from '#access/audit-record.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

/** Before the first record. */
const NOTHING: AuditHeadAnswer = { sequence: 0, hash: NOTHING_BEFORE };

export const getAuditHead = operation({
  id: 'getAuditHead',
  method: 'GET',
  path: '/audit/head',
  tag: 'Audit',
  summary: 'Get the head of the audit of a store',
  details: 'Who notes it down can prove later that no record up to it was removed or changed.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 200, schema: 'audit-head' },
  refusals: [],
  handle: async (deps, { principal, query }) => {
    const { id } = await managedStore(deps, principal, query.store);
    const value: AuditHeadAnswer = (await deps.auditLog.head(id)) ?? NOTHING;
    return { value };
  },
});
