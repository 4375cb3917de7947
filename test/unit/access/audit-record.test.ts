import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, recordAfter } from '#access/audit-record.ts';
import { anAuditEvent, auditEvents } from '#test/support/audit-records.ts';

describe('the hash of a record', () => {
  it('is the SHA-256 of its members as canonical JSON, which others can compute, too', () => {
    const event = anAuditEvent({ principal: 'key', action: 'bulk-read', details: { statements: 3, by: 'käse' } });
    // printf %s '{"action":"bulk-read","details":{"by":"käse","statements":3},"previous":"000…","principal":"key",…}' | sha256sum
    expect(recordAfter(undefined, event)).toEqual({
      ...event,
      sequence: 1,
      previous: '0'.repeat(64),
      hash: 'e7ff88bd3a5d569fc591cef84b52eaa3d9356dc63cb9bf388685958d8e9d31df',
    });
  });

  it('does not depend on the order of members', () => {
    const record = recordAfter(undefined, anAuditEvent({ details: { a: 1, b: 2 } }));
    const reordered = { ...Object.fromEntries(Object.entries(record).reverse()), details: { b: 2, a: 1 } };
    expect(hashOf({ ...record, ...reordered })).toBe(record.hash);
  });

  it('is the same for what was stored and read', () => {
    const record = fc.tuple(fc.option(auditEvents, { nil: undefined }), auditEvents).map(([before, event]) => {
      return recordAfter(before && { ...recordAfter(undefined, before), expires: before.time }, event);
    });
    fc.assert(fc.property(record, (record) => hashOf(JSON.parse(JSON.stringify(record))) === record.hash));
  });

  it('is another one with a member that no record has', () => {
    const record = recordAfter(undefined, anAuditEvent());
    expect(hashOf(Object.assign({ ...record }, { note: '' }))).not.toBe(record.hash);
  });
});
