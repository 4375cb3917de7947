import type { AuditHead } from '#access/audit-record.ts';
import { wrongUsage } from '#cli/failure.ts';

/** As `lrs audit head` prints it and `lrs audit verify --expect` takes it. */
export function headText({ sequence, hash }: AuditHead): string {
  return `${sequence}:${hash}`;
}

/** @throws Failure 2 */
export function readNotedHead(text: string): AuditHead {
  const { sequence = '', hash = '' } = /^(?<sequence>[1-9]\d{0,14}):(?<hash>[0-9a-f]{64})$/iu.exec(text)?.groups ?? {};
  if (sequence === '') {
    throw wrongUsage(
      `--expect is ${JSON.stringify(text)}; it has to be what lrs audit head printed: a number, a colon and 64 ` +
        'hexadecimal digits.',
    );
  }
  return { sequence: Number(sequence), hash: hash.toLowerCase() };
}
