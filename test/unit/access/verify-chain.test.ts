import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditRecord, hashOf } from '#access/audit-record.ts';
import {
  type ChainBreak,
  type ChainCheck,
  type ChainTerms,
  isUncompared,
  verifyChain,
  verifyEnd,
} from '#access/verify-chain.ts';
import { anAuditEvent, auditEvents, chainOf, RETENTION } from '#test/support/audit-records.ts';

const chains = fc.array(auditEvents, { minLength: 3, maxLength: 12 }).map(chainOf);

/** A chain, and the index of one of its records. */
const places = chains.chain((chain) => fc.tuple(fc.constant(chain), fc.nat(chain.length - 1)));

/** A chain, and the index of one that has a record before and behind it. */
const middles = chains.chain((chain) => fc.tuple(fc.constant(chain), fc.integer({ min: 1, max: chain.length - 2 })));

/** When all records of any chain may be gone. */
const LATE = Number.MAX_SAFE_INTEGER;

const verdict = (records: readonly AuditRecord[], terms: Partial<ChainTerms> = {}): ChainBreak | undefined =>
  verifyEnd(verifyChain(records, { now: LATE, ...terms }));

const without = (chain: readonly AuditRecord[], index: number) => chain.toSpliced(index, 1);

const missing = (sequence: number): ChainBreak => ({ sequence, fault: 'missing' });

/** With its own hash, as somebody makes it who knows how. */
const forged = (record: AuditRecord): AuditRecord => ({ ...record, hash: hashOf(record) });

describe('a chain as it was written', () => {
  it('is unbroken, in pages of any size, from any record on, with any head that was noted', () => {
    fc.assert(
      fc.property(places, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 5 }), ([chain, start], a, b, size) => {
        const noted = chain[a % chain.length];
        const end = start + (b % (chain.length - start)) + 1;
        const records = chain.slice(start);
        let check: ChainCheck = { now: LATE, ...(noted && { noted }) };
        for (let index = 0; index < records.length; index += size) {
          check = verifyChain(records.slice(index, index + size), check);
        }
        expect(verifyEnd(check)).toBeUndefined();
        expect(check).toMatchObject({ first: start + 1, last: { sequence: chain.length } });
        expect(verdict(chain.slice(start, end))).toBeUndefined();
      }),
    );
  });

  it('may be empty', () => {
    expect(verdict([])).toBeUndefined();
  });
});

describe('a chain that was tampered with', () => {
  it('misses a record that was removed from the middle', () => {
    fc.assert(
      fc.property(middles, ([chain, index]) => {
        expect(verdict(without(chain, index))).toEqual({ sequence: index + 1, fault: 'missing' });
      }),
    );
  });

  it('misses records that were removed from the end, when its head was noted', () => {
    fc.assert(
      fc.property(places, ([chain, index]) => {
        const noted = chain.at(-1);
        if (noted === undefined) throw new Error('The chain is empty.');
        const fault =
          index === 0 ? { sequence: chain.length, fault: 'missing' } : { sequence: index + 1, fault: 'missing' };
        expect(verdict(chain.slice(0, index), { noted })).toEqual(fault);
      }),
    );
  });

  it('has a record that was changed, whatever of it', () => {
    fc.assert(
      fc.property(places, auditEvents, ([chain, index], event) => {
        const record = chain[index];
        if (record === undefined || hashOf({ ...record, ...event }) === record.hash) return;
        expect(verdict(chain.with(index, { ...record, ...event }))).toEqual({ sequence: index + 1, fault: 'changed' });
      }),
    );
  });

  it('shows a record that was changed together with its hash', () => {
    fc.assert(
      fc.property(places, ([chain, index]) => {
        const record = chain[index];
        const noted = chain.at(-1);
        if (record === undefined || noted === undefined) return;
        const changed = chain.with(index, forged({ ...record, subject: 'another subject', time: -1 }));
        const found = Math.min(index + 2, chain.length);
        expect(verdict(changed, { noted })).toEqual({ sequence: found, fault: 'replaced' });
      }),
    );
  });

  it('has two records that were swapped in the wrong order', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.nat(), (chain, a, b) => {
        const [low, high] = [a % chain.length, b % chain.length].sort((x, y) => x - y);
        if (low === undefined || high === undefined || low === high) return;
        const [first, second] = [chain[low], chain[high]];
        if (first === undefined || second === undefined) return;
        expect(verdict(chain.with(low, second).with(high, first))).toBeDefined();
      }),
    );
  });

  it('has a record that was inserted', () => {
    fc.assert(
      fc.property(places, auditEvents, ([chain, index], event) => {
        const record = chain[index];
        const noted = chain.at(-1);
        if (record === undefined || noted === undefined) return;
        const { hash: _, ...inserted } = { ...record, ...event };
        expect(verdict(chain.toSpliced(index, 0, record))).toEqual({ sequence: index + 1, fault: 'misplaced' });
        const made = forged({ ...inserted, hash: '' });
        if (made.hash === record.hash) return;
        expect(verdict(chain.toSpliced(index, 0, made), { noted })).toBeDefined();
        expect(
          verdict(chain.toSpliced(index + 1, 0, { ...made, sequence: record.sequence + 1 }), { noted }),
        ).toBeDefined();
      }),
    );
  });

  it('is not the one whose head was noted when all of it was written anew', () => {
    fc.assert(
      fc.property(chains, chains, (chain, other) => {
        const noted = chain[0];
        if (noted === undefined || other[0]?.hash === noted.hash) return;
        expect(verdict(other, { noted })).toEqual({ sequence: 1, fault: 'replaced' });
      }),
    );
  });

  it('is told by its first break only', () => {
    const chain = chainOf(Array.from({ length: 6 }, (_, time) => anAuditEvent({ time })));
    const broken = verifyChain(without(without(chain, 4), 1), { now: 0 });
    expect(broken.broken).toEqual({ sequence: 2, fault: 'missing' });
    expect(broken).toMatchObject({ first: 1, last: { sequence: 1 } });
    expect(verifyChain(chain, broken)).toBe(broken);
  });

  it('may not begin with a record that claims to be the first and continues another', () => {
    const [first, second] = chainOf([anAuditEvent(), anAuditEvent()]);
    if (first === undefined || second === undefined) throw new Error('The chain is short.');
    expect(verdict([forged({ ...second, sequence: 1 })])).toEqual({ sequence: 1, fault: 'replaced' });
  });
});

describe('a chain whose beginning is not there', () => {
  const DAY = 86_400_000;
  const chain = chainOf([0, 10 * DAY, 500 * DAY].map((time) => anAuditEvent({ time })));

  it('is unbroken when that is past its retention, however young the next record is', () => {
    expect(verdict(chain.slice(1), { now: RETENTION })).toBeUndefined();
    expect(verdict(chain.slice(2), { now: 500 * DAY })).toBeUndefined();
  });

  it('is broken when it should still be kept', () => {
    expect(verdict(chain.slice(1), { now: 11 * DAY })).toEqual(missing(1));
    expect(verdict(chain.slice(2), { now: RETENTION })).toEqual(missing(2));
    expect(verdict(chain.slice(2), { now: RETENTION + 9 * DAY - 1 })).toEqual(missing(2));
  });

  it('may be gone a day early, because clocks differ', () => {
    expect(verdict(chain.slice(2), { now: RETENTION + 9 * DAY })).toBeUndefined();
  });

  it('is broken when no record says how long that is kept', () => {
    const [, second] = chain;
    if (second === undefined) throw new Error('The chain is short.');
    const { previousExpires: _, ...silent } = second;
    expect(verdict([forged(silent)])).toEqual({ sequence: 1, fault: 'missing' });
  });
});

describe('a head that was noted', () => {
  const chain = chainOf(Array.from({ length: 4 }, (_, time) => anAuditEvent({ time })));

  /** Of the record of this sequence. */
  const headAt = (sequence: number, hash = chain[sequence - 1]?.hash ?? '') => ({ sequence, hash });

  it('is looked for in the record behind it when its own is past its retention', () => {
    expect(verdict(chain.slice(2), { noted: headAt(2) })).toBeUndefined();
    expect(verdict(chain.slice(2), { noted: headAt(2, 'something else') })).toEqual({ sequence: 3, fault: 'replaced' });
  });

  it('cannot be compared with records that begin even later', () => {
    const uncompared = [1, 2, 3, 4].map((sequence) =>
      isUncompared(verifyChain(chain.slice(2), { noted: headAt(sequence, 'something else'), now: LATE })),
    );
    expect(uncompared).toEqual([true, false, false, false]);
    expect(isUncompared(verifyChain(chain.slice(2), { now: LATE }))).toBe(false);
  });

  it('is not that of a forged chain whose beginning was taken away', () => {
    const [third, fourth] = chain.slice(2);
    if (third === undefined || fourth === undefined) throw new Error('The chain is short.');
    const made = forged({ ...third, previous: 'f'.repeat(64) });
    const records = [made, forged({ ...fourth, previous: made.hash })];
    for (const sequence of [2, 3, 4]) expect(verdict(records, { noted: headAt(sequence) })).toBeDefined();
  });

  it('is missed when there is no record at all', () => {
    expect(verdict([], { noted: { sequence: 3, hash: '' } })).toEqual({ sequence: 3, fault: 'missing' });
  });
});
