import type { AuditHead } from '#access/audit-record.ts';
import type { ChainBreak, ChainFault } from '#access/verify-chain.ts';

const TEXTS: Readonly<Record<ChainFault, string>> = {
  changed: 'it does not say what it said when its hash was made',
  replaced: 'it is not the record that stood there: it does not follow from the one before, or is not the noted head',
  missing: 'it is not there, though it was or a later one is, and it should still be kept',
  misplaced: 'it comes twice, or after a later one',
};

/** A sentence for people. */
export function breakText({ sequence, fault }: ChainBreak): string {
  return `The chain is broken at record ${sequence}: ${TEXTS[fault]}.`;
}

/** A sentence for people. */
export function uncomparedText({ sequence }: AuditHead): string {
  return (
    `Not proven: the head ${sequence} that was noted could not be compared, because its record and the one behind it are ` +
    'not there any more. Give the last head that was noted.'
  );
}
