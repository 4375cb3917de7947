import type { Command } from 'commander';
import type { ExportAnswer } from '#access/admin-api.ts';
import { confirm } from '#cli/commands/confirm.ts';
import { examples } from '#cli/commands/examples.ts';
import { EXPORT_COLUMNS, showExport } from '#cli/commands/export-output.ts';
import { addGroup } from '#cli/commands/group.ts';
import { optionsText } from '#cli/commands/options-text.ts';
import { openSession, readLimit, type Session, showList } from '#cli/commands/session.ts';
import { download } from '#cli/exports/download.ts';
import { exportBody, type ExportOptions } from '#cli/exports/export-body.ts';
import { givenPlace, nameFault, type Place, placeFor } from '#cli/exports/place.ts';
import { waitForJob } from '#cli/exports/wait-for-job.ts';
import { wrongUsage } from '#cli/failure.ts';
import { TIME_RULE } from '#cli/options/time.ts';
import type { Shell } from '#cli/shell.ts';

const STORE = ['--store <store>', 'its id (default: the store of the credential that is used)'] as const;
const OUTPUT = [
  '--output <path>',
  'a file, into which all is joined, or a folder (default: by the id, in this folder)',
] as const;

interface Wanted {
  readonly store?: string;
  readonly output?: string;
}

export function addExport(program: Command, shell: Shell): void {
  const group = addGroup(program, 'export', 'Exports: statements in files. Makes one unless told otherwise.');
  const create = addCreate(group, shell);
  group.addHelpText('after', () => `\n${optionsText(create)}`);
  group.addHelpText('after', examples('lrs export --format csv --output scores.csv', 'lrs export list'));
  addList(group, shell);
  addShow(group, shell);
  addDownload(group, shell);
  addCancel(group, shell);
}

function addCreate(group: Command, shell: Shell): Command {
  return group
    .command('create', { isDefault: true })
    .description('Export statements: have the LRS write them into files, wait for that, and get them.')
    .option(...STORE)
    .option('--agent <agent>', 'statements by or about mailto:ann@example.com, or an agent as JSON')
    .option('--verb <iri>', 'statements with this verb')
    .option('--activity <iri>', 'statements about this activity')
    .option('--registration <uuid>', 'statements with this registration')
    .option('--related-agents', 'look for --agent in other places of statements, too')
    .option('--related-activities', 'look for --activity in other places of statements, too')
    .option('--since <time>', `statements stored after it: ${TIME_RULE}`)
    .option('--until <time>', 'statements stored at or before it, a time after --since')
    .option('--limit <count>', 'so many at most (default: all)')
    .option('--ascending', 'the first that was stored first (default: the last)')
    .option('--statement <uuid>', 'the statement with this id')
    .option('--voided-statement <uuid>', 'the voided statement with this id')
    .option('--statement-format <format>', 'exact, ids or canonical (default: exact)')
    .option('--format <format>', 'of the files: jsonl, csv or parquet (default: jsonl)')
    .option('--columns <list>', 'of csv: paths of members, separated by commas (default: those that most people want)')
    .option('--attachments', 'with the contents of attachments')
    .option('--language <languages>', 'of canonical statements, as Accept-Language has them: de-CH,de,en')
    .option(...OUTPUT)
    .option('--no-wait', 'only print which export it is, and leave it to itself')
    .addHelpText(
      'after',
      examples(
        'lrs export create --since 2026-09-01 --output autumn.jsonl.gz',
        'lrs export --format csv --columns actor.name,object.id,result.score.scaled --output scores.csv',
        'lrs export --verb http://adlnet.gov/expapi/verbs/passed --format parquet --output passed/',
        'lrs export --attachments --output everything/',
        'lrs export --no-wait --json | jq -r .id',
      ),
    )
    .action(async (options: ExportOptions, command: Command) => {
      const body = exportBody(options);
      const place = await createdPlace(shell, options);
      const session = await openSession(shell, command);
      const query = { store: options.store };
      const made = await session.api.send<ExportAnswer>({ method: 'POST', path: ['exports'], query, body });
      if (options.wait === false) {
        showExport(session, made);
        return;
      }
      const store = options.store === undefined ? '' : ` --store ${options.store}`;
      if (!session.json) shell.tell(`Export ${made.id} goes on if you leave: lrs export download ${made.id}${store}\n`);
      await finish(session, made.id, options, place);
    });
}

/** @throws Failure 2 */
async function createdPlace(shell: Shell, options: ExportOptions): Promise<Place | undefined> {
  const { output, wait, attachments, format = 'jsonl' } = options;
  if (wait === false && output !== undefined) {
    throw wrongUsage('With --no-wait no files are got: give --output to lrs export download.');
  }
  const place = await givenPlace(shell.workingFolder, output, attachments === true);
  const fault = nameFault(place, format);
  if (fault !== undefined) throw wrongUsage(`${fault}, or give another --format.`);
  return place;
}

/** Waits for an export, and gets its files. */
async function finish(session: Session, id: string, { store }: Wanted, given: Place | undefined): Promise<void> {
  const { shell } = session;
  const query = { store };
  const done = await waitForJob(shell, () => lookAt(session, id, store), progressText);
  const place = placeFor(shell.workingFolder, done, given);
  showExport(session, done, await download(session, done, query, place));
}

function lookAt({ api }: Session, id: string, store: string | undefined): Promise<ExportAnswer> {
  return api.send<ExportAnswer>({ method: 'GET', path: ['exports', id], query: { store } });
}

function progressText({ progress: { statements, files } }: ExportAnswer): string {
  return `${statements.toLocaleString('en-US')} statements in ${files.toLocaleString('en-US')} files`;
}

function addList(group: Command, shell: Shell): void {
  group
    .command('list')
    .description('List the exports of a store, the newest first. They are known for 30 days.')
    .option(...STORE)
    .option('--limit <count>', 'show so many at most (default: all)')
    .addHelpText('after', examples('lrs export list', 'lrs export list --store acme --json'))
    .action(async (options: { readonly store?: string; readonly limit?: string }, command: Command) => {
      const limit = readLimit(options.limit);
      const session = await openSession(shell, command);
      const items = session.api.list<ExportAnswer>(['exports'], { store: options.store }, limit);
      await showList(session, items, EXPORT_COLUMNS, 'There are no exports in this store.');
    });
}

function addShow(group: Command, shell: Shell): void {
  group
    .command('show')
    .description('Show an export, and how far it is.')
    .argument('<export>', 'its id')
    .option(...STORE)
    .addHelpText('after', examples('lrs export show 0mhs3k2ab04fk29x0a1'))
    .action(async (id: string, options: Wanted, command: Command) => {
      const session = await openSession(shell, command);
      showExport(session, await lookAt(session, id, options.store));
    });
}

function addDownload(group: Command, shell: Shell): void {
  group
    .command('download')
    .description('Get the files of an export, when it is done.')
    .argument('<export>', 'its id')
    .option(...STORE)
    .option(...OUTPUT)
    .addHelpText(
      'after',
      examples(
        'lrs export download 0mhs3k2ab04fk29x0a1 --output autumn.jsonl.gz',
        'lrs export download 0mhs3k2ab04fk29x0a1 --output autumn/',
      ),
    )
    .action(async (id: string, options: Wanted, command: Command) => {
      const place = await givenPlace(shell.workingFolder, options.output, false);
      await finish(await openSession(shell, command), id, options, place);
    });
}

function addCancel(group: Command, shell: Shell): void {
  group
    .command('cancel')
    .description('Cancel an export, done or not, and delete its files in the LRS.')
    .argument('<export>', 'its id')
    .option(...STORE)
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('lrs export cancel 0mhs3k2ab04fk29x0a1 --yes'))
    .action(async (id: string, options: Wanted & { readonly yes?: boolean }, command: Command) => {
      const session = await openSession(shell, command);
      await confirm(shell, `Delete the files of the export ${id} of ${session.api.connection.endpoint.url}`, options);
      const query = { store: options.store };
      await session.api.send({ method: 'DELETE', path: ['exports', id], query });
      showExport(session, await lookAt(session, id, options.store));
    });
}
