import { type AuditHead, type AuditRecord, hashOf, NOTHING_BEFORE } from '#access/audit-record.ts';

/**
 * - `changed`: the record does not say what it said when its hash was made.
 * - `replaced`: the record is sound in itself, but not the one that stood there: it does not follow from the record before,
 *   or is not the head that was noted.
 * - `missing`: the record is not there, but a later one is, or was when its head was noted; and it should still be kept.
 * - `misplaced`: the record comes twice, or after a later one.
 */
export type ChainFault = 'changed' | 'replaced' | 'missing' | 'misplaced';

/** The first place at which a chain is not as it was written. */
export interface ChainBreak {
  readonly sequence: number;
  readonly fault: ChainFault;
}

/** What a chain is verified by. */
export interface ChainTerms {
  /** Milliseconds since 1970: which records may be past their retention. */
  readonly now: number;
  /** A head noted earlier, that the chain has to come by. */
  readonly noted?: AuditHead;
}

/** How far a chain has been verified. */
export interface ChainCheck extends ChainTerms {
  /** The sequence of the record it began with. All before are past their retention. */
  readonly first?: number;
  /** The last record that was found in order. */
  readonly last?: AuditHead;
  readonly broken?: ChainBreak;
}

/** Milliseconds: by so much the clocks of those who write and of the one who verifies may differ. */
const CLOCK_TOLERANCE = 86_400_000;

/**
 * Verifies records of one store, in the order of the chain and from any record on. For a chain in pages it is called once
 * for each page with what it returned for the page before; `verifyEnd` and `isUncompared` have the last word.
 *
 * @param from before the first page: its terms alone
 */
export function verifyChain(records: Iterable<AuditRecord>, from: ChainCheck): ChainCheck {
  let check = from;
  for (const record of records) {
    if (check.broken !== undefined) return check;
    const { sequence, hash } = record;
    const broken = breakAt(record, check);
    check =
      broken === undefined
        ? { ...check, first: check.first ?? sequence, last: { sequence, hash } }
        : { ...check, broken };
  }
  return check;
}

/**
 * The result once all records were verified.
 *
 * @returns undefined when nothing is broken. A chain that ends before the head that was noted is, also when all its records
 *   are past their retention.
 */
export function verifyEnd({ noted, last, broken }: ChainCheck): ChainBreak | undefined {
  if (broken !== undefined || noted === undefined || noted.sequence <= (last?.sequence ?? 0)) return broken;
  return { sequence: last === undefined ? noted.sequence : last.sequence + 1, fault: 'missing' };
}

/**
 * Whether nothing that is left of an unbroken chain could be compared with the head that was noted: neither its record nor
 * the one behind it, which has its hash. Then it is not known whether the chain came by it.
 */
export function isUncompared({ noted, first }: ChainCheck): boolean {
  return noted !== undefined && first !== undefined && noted.sequence < first - 1;
}

function breakAt(record: AuditRecord, { noted, now, last }: ChainCheck): ChainBreak | undefined {
  const { sequence, hash } = record;
  if (hashOf(record) !== hash) return { sequence, fault: 'changed' };
  if (sequence <= (last?.sequence ?? 0)) return { sequence, fault: 'misplaced' };
  if (last !== undefined && sequence > last.sequence + 1) return { sequence: last.sequence + 1, fault: 'missing' };
  const isNoted = noted?.sequence !== sequence || noted.hash === hash;
  const before = last ?? (noted?.sequence === sequence - 1 ? noted : undefined);
  if (!isNoted || !follows(record, before)) return { sequence, fault: 'replaced' };
  // What was before the first may be gone, but only when it is past its retention.
  const isGoneTooSoon = last === undefined && sequence > 1 && !mayBeGone(record.previousExpires, now);
  return isGoneTooSoon ? { sequence: sequence - 1, fault: 'missing' } : undefined;
}

function follows({ sequence, previous }: AuditRecord, before: AuditHead | undefined): boolean {
  if (sequence === 1) return previous === NOTHING_BEFORE;
  return before === undefined || previous === before.hash;
}

function mayBeGone(expires: number | undefined, now: number): boolean {
  return expires !== undefined && expires <= now + CLOCK_TOLERANCE;
}
