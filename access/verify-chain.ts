import { type AuditHead, type AuditRecord, hashOf, NOTHING_BEFORE } from '#access/audit-record.ts';

/**
 * - `changed`: the record does not say what it said when its hash was made.
 * - `replaced`: the record is sound in itself, but not the one that stood there: it does not follow from the record before,
 *   or is not the head that was noted.
 * - `missing`: the record is not there, but a later one is, or was when its head was noted.
 * - `misplaced`: the record comes twice, or after a later one.
 */
export type ChainFault = 'changed' | 'replaced' | 'missing' | 'misplaced';

/** The first place at which a chain is not as it was written. */
export interface ChainBreak {
  readonly sequence: number;
  readonly fault: ChainFault;
}

/** How far a chain has been verified. */
export interface ChainCheck {
  /** A head noted earlier, that the chain has to come by. */
  readonly noted?: AuditHead;
  /** The sequence of the record it began with. What was before cannot be verified: it may be past its retention. */
  readonly first?: number;
  /** The last record that was found in order. */
  readonly last?: AuditHead;
  readonly broken?: ChainBreak;
}

/**
 * Verifies records of one store, in the order of the chain and from any record on. For a chain in pages it is called once
 * for each page with what it returned for the page before; `verifyEnd` has the last word.
 *
 * @param from before the first page: `{ noted }`, or nothing when no head was noted
 */
export function verifyChain(records: Iterable<AuditRecord>, from: ChainCheck = {}): ChainCheck {
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

function breakAt(record: AuditRecord, { noted, last }: ChainCheck): ChainBreak | undefined {
  const { sequence, hash } = record;
  if (hashOf(record) !== hash) return { sequence, fault: 'changed' };
  if (sequence <= (last?.sequence ?? 0)) return { sequence, fault: 'misplaced' };
  if (last !== undefined && sequence > last.sequence + 1) return { sequence: last.sequence + 1, fault: 'missing' };
  const previous = sequence === 1 ? NOTHING_BEFORE : last?.hash;
  const follows = previous === undefined || record.previous === previous;
  const isNoted = noted?.sequence !== sequence || noted.hash === hash;
  return follows && isNoted ? undefined : { sequence, fault: 'replaced' };
}
