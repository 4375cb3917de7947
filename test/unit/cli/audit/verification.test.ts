import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '#access/audit-record.ts';
import { verifyRecords } from '#cli/audit/verification.ts';
import { anAuditEvent, chainOf, RETENTION } from '#test/support/audit-records.ts';

async function* each(records: readonly AuditRecord[]): AsyncGenerator<AuditRecord> {
  yield* records;
}

const LONGER = chainOf(Array.from({ length: 7 }, () => anAuditEvent()));
const CHAIN = LONGER.slice(0, 5);
const HEAD = { sequence: 5, hash: CHAIN[4]?.hash ?? '' };

/** When all records may be gone. */
const LATE = RETENTION;

function verify(records: readonly AuditRecord[], heads = [HEAD], now = 0) {
  return verifyRecords(each(records), { heads, now }, () => undefined);
}

describe('a chain of the audit', () => {
  it('is as written', async () => {
    expect(await verify(CHAIN)).toEqual({ verified: 5, first: 1, last: HEAD });
  });

  it('may have gone on since its head was asked for', async () => {
    expect(await verify(LONGER)).toMatchObject({ verified: 7, last: { sequence: 7 } });
  });

  it('may begin later, past its retention', async () => {
    expect(await verify(CHAIN.slice(2), [HEAD], LATE)).toEqual({ verified: 3, first: 3, last: HEAD });
  });

  it('is broken where it begins later though all should be kept', async () => {
    expect(await verify(CHAIN.slice(2))).toEqual({ verified: 0, broken: { sequence: 2, fault: 'missing' } });
  });

  it('is broken where a record was changed', async () => {
    const changed = CHAIN.map((record) => (record.sequence === 3 ? { ...record, principal: 'eve' } : record));
    expect(await verify(changed)).toMatchObject({ verified: 2, broken: { sequence: 3, fault: 'changed' } });
  });

  it('is broken where a record was removed', async () => {
    const removed = CHAIN.filter(({ sequence }) => sequence !== 3);
    expect(await verify(removed)).toMatchObject({ broken: { sequence: 3, fault: 'missing' } });
  });

  it('is broken where its end was cut off', async () => {
    expect(await verify(CHAIN.slice(0, 3))).toMatchObject({ verified: 3, broken: { sequence: 4, fault: 'missing' } });
    expect(await verify([])).toMatchObject({ verified: 0, broken: { sequence: 5, fault: 'missing' } });
  });

  it('is broken where another was written in its place', async () => {
    const noted = { sequence: 2, hash: 'ab'.repeat(32) };
    expect(await verify(CHAIN, [HEAD, noted])).toMatchObject({ broken: { sequence: 2, fault: 'replaced' } });
  });

  it('comes by a head that was noted', async () => {
    const noted = { sequence: 2, hash: CHAIN[1]?.hash ?? '' };
    expect(await verify(CHAIN, [HEAD, noted])).toEqual({ verified: 5, first: 1, last: HEAD });
    const later = await verify(CHAIN.slice(2), [HEAD, noted], LATE);
    expect(later).toEqual({ verified: 3, first: 3, last: HEAD });
  });

  it('is not proven by a head that nothing is left of', async () => {
    const noted = { sequence: 2, hash: CHAIN[1]?.hash ?? '' };
    expect(await verify(CHAIN.slice(3), [HEAD, noted], LATE)).toMatchObject({ verified: 2, uncompared: noted });
  });

  it('may have no record yet', async () => {
    expect(await verify([], [])).toEqual({ verified: 0 });
  });
});
