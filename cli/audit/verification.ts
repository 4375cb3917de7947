import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import { type ChainBreak, type ChainCheck, isUncompared, verifyChain, verifyEnd } from '#access/verify-chain.ts';

/** What was found. */
export interface Verification {
  /** Records that are in order. */
  readonly verified: number;
  /** The first of them; absent when there is none. What was before is past its retention. */
  readonly first?: number;
  readonly last?: AuditHead;
  /** The first place that is not as it was written. */
  readonly broken?: ChainBreak;
  /** A noted head that could not be compared: nothing is left that tells whether the chain came by it. */
  readonly uncompared?: AuditHead;
}

/** What a chain is verified by. */
export interface VerificationTerms {
  /** What the chain has to come by: its head now, and one that was noted before. */
  readonly heads: readonly AuditHead[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Verifies a chain as it comes. @param onRecord is told how many have come */
export async function verifyRecords(
  records: AsyncIterable<AuditRecord>,
  { heads, now }: VerificationTerms,
  onRecord: (count: number) => void,
): Promise<Verification> {
  let checks: readonly ChainCheck[] = heads.length === 0 ? [{ now }] : heads.map((noted) => ({ noted, now }));
  let count = 0;
  for await (const record of records) {
    checks = checks.map((check) => verifyChain([record], check));
    count += 1;
    onRecord(count);
    if (checks.some(({ broken }) => broken !== undefined)) break;
  }
  const failed = checks.find((check) => check.broken !== undefined);
  const broken = failed === undefined ? firstOf(checks.map(verifyEnd)) : failed.broken;
  const { first, last } = failed ?? checks[0] ?? {};
  const uncompared = checks.find(isUncompared)?.noted;
  return {
    verified: first === undefined || last === undefined ? 0 : last.sequence - first + 1,
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    ...(broken !== undefined && { broken }),
    ...(broken === undefined && uncompared !== undefined && { uncompared }),
  };
}

function firstOf(found: readonly (ChainBreak | undefined)[]): ChainBreak | undefined {
  return found.find((one) => one !== undefined);
}
