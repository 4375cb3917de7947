import type { Command } from 'commander';
import type { AuditHeadAnswer, AuditRecordAnswer } from '#access/admin-api.ts';
import { addAuditVerify } from '#cli/commands/audit-verify.ts';
import { auditHeadIn } from '#cli/audit/audit-record-in.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, readLimit, show, showList } from '#cli/commands/session.ts';
import { optionsText } from '#cli/commands/options-text.ts';
import { headText } from '#cli/options/noted-head.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableMembers, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

/** Records that are shown to people who do not say how many they want. */
const SOME = 50;

const COLUMNS: readonly Column<AuditRecordAnswer>[] = [
  { head: '#', of: ({ sequence }) => String(sequence) },
  { head: 'TIME', of: ({ time }) => readableTime(time) },
  { head: 'ACTION', of: ({ action }) => readable(action) },
  { head: 'RESULT', of: ({ result }) => readable(result) },
  { head: 'BY', of: ({ principal }) => readable(principal) },
  { head: 'SUBJECT', of: ({ subject }) => readable(subject) },
  { head: 'FROM', of: ({ source }) => readable(source) },
  { head: 'DETAILS', of: ({ details }) => readableMembers(details), mayBeCut: true },
];

const STORE = ['--store <store>', 'its id (default: the store of the credential that is used)'] as const;

export function addAudit(program: Command, shell: Shell): void {
  const audit = addGroup(program, 'audit', 'The audit of a store: who did what. Lists it unless told otherwise.');
  const list = addList(audit, shell);
  audit.addHelpText('after', () => `\n${optionsText(list)}`);
  audit.addHelpText('after', examples('lrs audit', 'lrs audit --store acme --limit 200'));
  addAuditVerify(audit, shell);
  addHead(audit, shell);
}

function addList(audit: Command, shell: Shell): Command {
  return audit
    .command('list', { isDefault: true })
    .description('List the records of a store, the newest first.')
    .option(...STORE)
    .option('--limit <count>', `show so many at most (default: ${SOME}; with --json all)`)
    .option('--oldest-first', 'begin with the oldest')
    .addHelpText(
      'after',
      examples('lrs audit', 'lrs audit --store acme --limit 200', 'lrs audit list --json > audit.json'),
    )
    .action(
      async (
        options: { readonly store?: string; readonly limit?: string; readonly oldestFirst?: boolean },
        command: Command,
      ) => {
        const limit = readLimit(options.limit);
        const session = await openSession(shell, command);
        const query = { store: options.store, order: options.oldestFirst === true ? 'ascending' : 'descending' };
        const most = limit ?? (session.json ? undefined : SOME);
        const items = session.api.list<AuditRecordAnswer>(['audit'], query, most);
        const count = await showList(session, items, COLUMNS, 'There are no records yet.');
        if (limit === undefined && count === most) shell.tell(`The first ${SOME} only: --limit shows more.\n`);
      },
    );
}

function addHead(audit: Command, shell: Shell): void {
  audit
    .command('head')
    .description('Show sequence and hash of the last record, to be noted elsewhere and given to verify --expect later.')
    .option(...STORE)
    .addHelpText('after', examples('lrs audit head', 'lrs audit head --store acme >> heads-of-acme.txt'))
    .action(async (options: { readonly store?: string }, command: Command) => {
      const session = await openSession(shell, command);
      const answer = await session.api.send<AuditHeadAnswer>({
        method: 'GET',
        path: ['audit', 'head'],
        query: { store: options.store },
      });
      const head = auditHeadIn(answer);
      if (head === undefined && !session.json) shell.tell('There are no records yet.\n');
      else show(session, answer, () => (head === undefined ? '' : `${headText(head)}\n`));
    });
}
