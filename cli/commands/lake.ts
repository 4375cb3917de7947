import type { Command } from 'commander';
import type { BackfillAnswer, LakeAnswer } from '#access/admin-api.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, readLimit, type Session, show, showList } from '#cli/commands/session.ts';
import { waitForJob } from '#cli/exports/wait-for-job.ts';
import { readCount } from '#cli/options/count.ts';
import { type Period, readPeriod, TIME_RULE } from '#cli/options/time.ts';
import { bar } from '#cli/output/bar.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

const STORE = ['--store <store>', 'its id (default: the store of the credential that is used)'] as const;

const COLUMNS: readonly Column<BackfillAnswer>[] = [
  { head: 'BACKFILL', of: ({ id }) => readable(id) },
  { head: 'STATE', of: ({ state }) => readable(state) },
  { head: 'STATEMENTS', of: ({ progress }) => readable(progress.statements) },
  { head: 'THROUGH', of: ({ progress }) => readableTime(progress.through) },
  { head: 'UNTIL', of: ({ until }) => readableTime(until) },
  { head: 'CREATED', of: ({ created }) => readableTime(created) },
];

interface OfStore {
  readonly store?: string;
}

interface BackfillOptions extends OfStore, Period {
  readonly rate?: string;
  readonly wait?: boolean;
}

export function addLake(program: Command, shell: Shell): void {
  const lake = addGroup(program, 'lake', 'The lake: statements as Parquet files, for BI.');
  addStatus(lake, shell);
  addBackfill(lake, shell);
  addBackfills(lake, shell);
  addWatch(lake, shell);
  addCancel(lake, shell);
}

function addStatus(lake: Command, shell: Shell): void {
  lake
    .command('status')
    .description('Show what the lake has of a store.')
    .option(...STORE)
    .addHelpText('after', examples('lrs lake status', 'lrs lake status --store acme --json'))
    .action(async ({ store }: OfStore, command: Command) => {
      const session = await openSession(shell, command);
      const status = await session.api.send<LakeAnswer>({ method: 'GET', path: ['lake'], query: { store } });
      show(session, status, () =>
        fields({
          Store: readable(status.store),
          Statements: readable(status.rows),
          Days: readable(status.days),
          First: readable(status.first),
          Last: readable(status.last),
          Files: readable(status.files),
          Bytes: readable(status.bytes),
          'Bytes as JSON': readable(status.rawBytes),
        }),
      );
    });
}

function addBackfill(lake: Command, shell: Shell): void {
  lake
    .command('backfill')
    .description('Bring statements into the lake that are not there, and wait for that. It goes on when you leave.')
    .option(...STORE)
    .option('--since <time>', `statements stored after it: ${TIME_RULE} (default: all)`)
    .option('--until <time>', 'statements stored at or before it, a time after --since (default: now)')
    .option('--rate <count>', 'read so many a second at most, 1 to 10,000 (default: 500)')
    .option('--no-wait', 'only print which backfill it is, and leave it to itself')
    .addHelpText('after', examples('lrs lake backfill', 'lrs lake backfill --since 2026-09-01 --rate 2000'))
    .action(async (options: BackfillOptions, command: Command) => {
      const body = backfillBody(options);
      const session = await openSession(shell, command);
      const query = { store: options.store };
      const made = await session.api.send<BackfillAnswer>({ method: 'POST', path: ['lake', 'backfills'], query, body });
      if (options.wait === false) {
        showBackfill(session, made);
        return;
      }
      const store = options.store === undefined ? '' : ` --store ${options.store}`;
      if (!session.json) shell.tell(`Backfill ${made.id} goes on if you leave: lrs lake watch ${made.id}${store}\n`);
      await watch(session, made.id, options.store);
    });
}

/** As the API takes it. @throws Failure 2 */
function backfillBody({ rate, ...period }: BackfillOptions) {
  return {
    ...readPeriod(period),
    ...(rate !== undefined && { rate: readCount('--rate', rate, { min: 1, max: 10_000 }) }),
  };
}

function addBackfills(lake: Command, shell: Shell): void {
  lake
    .command('backfills')
    .description('List the backfills of a store, the newest first. They are known for 30 days.')
    .option(...STORE)
    .option('--limit <count>', 'show so many at most (default: all)')
    .addHelpText('after', examples('lrs lake backfills'))
    .action(async (options: OfStore & { readonly limit?: string }, command: Command) => {
      const limit = readLimit(options.limit);
      const session = await openSession(shell, command);
      const items = session.api.list<BackfillAnswer>(['lake', 'backfills'], { store: options.store }, limit);
      await showList(session, items, COLUMNS, 'There are no backfills in this store.');
    });
}

function addWatch(lake: Command, shell: Shell): void {
  lake
    .command('watch')
    .description('Wait for a backfill, and show how far it is.')
    .argument('<backfill>', 'its id')
    .option(...STORE)
    .addHelpText('after', examples('lrs lake watch 0mhs3k2ab04fk29x0a1'))
    .action(async (id: string, { store }: OfStore, command: Command) => {
      await watch(await openSession(shell, command), id, store);
    });
}

function addCancel(lake: Command, shell: Shell): void {
  lake
    .command('cancel')
    .description('Cancel a backfill. What it has brought into the lake stays there.')
    .argument('<backfill>', 'its id')
    .option(...STORE)
    .addHelpText('after', examples('lrs lake cancel 0mhs3k2ab04fk29x0a1'))
    .action(async (id: string, { store }: OfStore, command: Command) => {
      const session = await openSession(shell, command);
      await session.api.send({ method: 'DELETE', path: ['lake', 'backfills', id], query: { store } });
      showBackfill(session, await lookAt(session, id, store));
    });
}

async function watch(session: Session, id: string, store: string | undefined): Promise<void> {
  const done = await waitForJob(
    session.shell,
    () => lookAt(session, id, store),
    ({ progress: { share = 0, statements } }) => `${bar(share)}  ${statements.toLocaleString('en-US')} statements`,
  );
  showBackfill(session, done);
}

function lookAt({ api }: Session, id: string, store: string | undefined): Promise<BackfillAnswer> {
  return api.send<BackfillAnswer>({ method: 'GET', path: ['lake', 'backfills', id], query: { store } });
}

function showBackfill(session: Session, answer: BackfillAnswer): void {
  show(session, answer, () =>
    fields({
      Backfill: readable(answer.id),
      Store: readable(answer.store),
      State: readable(answer.state),
      Failure: readable(answer.failure),
      Since: readableTime(answer.since),
      Until: readableTime(answer.until),
      Rate: readable(answer.rate),
      Statements: readable(answer.progress.statements),
      Through: readableTime(answer.progress.through),
      Created: readableTime(answer.created),
      'Created by': readable(answer.createdBy),
      Ended: readableTime(answer.ended),
    }),
  );
}
