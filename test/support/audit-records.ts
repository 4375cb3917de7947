import * as fc from 'fast-check';
import { AUDIT_ACTIONS, type AuditEvent, type AuditRecord, recordAfter } from '#access/audit-record.ts';

/** An event of the store `default`, with what a test is about in its place. */
export function anAuditEvent(overrides: Partial<AuditEvent> = {}): AuditEvent {
  return { store: 'default', time: 0, action: 'store-changed', result: 'done', ...overrides };
}

export const auditEvents: fc.Arbitrary<AuditEvent> = fc.record(
  {
    store: fc.constant('default'),
    time: fc.nat(),
    principal: fc.string(),
    source: fc.ipV4(),
    requestId: fc.uuid(),
    action: fc.constantFrom(...AUDIT_ACTIONS),
    subject: fc.string({ unit: 'binary' }),
    result: fc.constantFrom('done', 'refused'),
    details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()), { maxKeys: 3 }),
  },
  { requiredKeys: ['store', 'time', 'action', 'result'] },
);

/** Milliseconds that records of `chainOf` are kept. */
export const RETENTION = 400 * 86_400_000;

/** The records of a chain that holds these events. */
export function chainOf(chained: readonly AuditEvent[]): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let expires = 0;
  for (const event of chained) {
    const last = records.at(-1);
    records.push(recordAfter(last && { ...last, expires }, event));
    expires = Math.max(expires, event.time + RETENTION);
  }
  return records;
}
