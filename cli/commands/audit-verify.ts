import type { Command } from 'commander';
import type { AuditHeadAnswer, AuditRecordAnswer } from '#access/admin-api.ts';
import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import { auditHeadIn, auditRecordIn } from '#cli/audit/audit-record-in.ts';
import { breakText, uncomparedText } from '#cli/audit/break-text.ts';
import { type Verification, verifyRecords } from '#cli/audit/verification.ts';
import { examples } from '#cli/commands/examples.ts';
import { openSession, type Session, show } from '#cli/commands/session.ts';
import { Failure } from '#cli/failure.ts';
import { headText, readNotedHead } from '#cli/options/noted-head.ts';
import { createProgress } from '#cli/output/progress.ts';
import type { Shell } from '#cli/shell.ts';

export function addAuditVerify(audit: Command, shell: Shell): void {
  audit
    .command('verify')
    .description(
      'Verify on this machine that no record of a store was changed, removed or inserted; exit code 1 when that is not proven.',
    )
    .option('--store <store>', 'its id (default: the store of the credential that is used)')
    .option('--expect <head>', 'what lrs audit head printed once: the chain has to come by it')
    .addHelpText('after', examples('lrs audit verify', 'lrs audit verify --store acme --expect 1042:9f86d0…'))
    .action(async (options: { readonly store?: string; readonly expect?: string }, command: Command) => {
      const noted = options.expect === undefined ? undefined : readNotedHead(options.expect);
      const session = await openSession(shell, command);
      report(session, await verify(session, { store: options.store }, noted));
    });
}

/** The head is asked for first: what is written while the records are read comes after it. */
async function verify(
  session: Session,
  query: { readonly store: string | undefined },
  noted: AuditHead | undefined,
): Promise<Verification> {
  const head = auditHeadIn(await session.api.send<AuditHeadAnswer>({ method: 'GET', path: ['audit', 'head'], query }));
  const items = session.api.list<AuditRecordAnswer>(['audit'], { ...query, order: 'ascending' });
  const progress = createProgress(session.shell);
  const heads = [head, noted].filter((known) => known !== undefined);
  try {
    return await verifyRecords(recordsOf(items), { heads, now: session.shell.now() }, (count) =>
      progress.update(`${count.toLocaleString('en-US')} of ${(head?.sequence ?? 0).toLocaleString('en-US')} records`),
    );
  } finally {
    progress.end();
  }
}

async function* recordsOf(items: AsyncIterable<AuditRecordAnswer>): AsyncGenerator<AuditRecord> {
  for await (const item of items) yield auditRecordIn(item);
}

/** @throws Failure when the chain is broken, or a noted head could not be compared */
function report(session: Session, found: Verification): void {
  const { broken, uncompared } = found;
  const isProven = broken === undefined && uncompared === undefined;
  if (isProven || session.json) show(session, found, () => summary(found));
  if (broken !== undefined) throw new Failure(breakText(broken));
  if (uncompared !== undefined) throw new Failure(uncomparedText(uncompared));
}

function summary({ verified, first, last }: Verification): string {
  if (first === undefined || last === undefined) return 'There are no records yet.\n';
  const before = first === 1 ? '' : ` Records before ${first} are past their retention.`;
  const count = verified === 1 ? 'One record is' : `${verified.toLocaleString('en-US')} records are`;
  return `${count} as written, from ${first} to ${headText(last)}.${before}\n`;
}
