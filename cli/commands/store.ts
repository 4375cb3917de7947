import type { Command } from 'commander';
import type { StoreAnswer } from '#access/admin-api.ts';
import { STORE_ID_RULE } from '#access/store.ts';
import type { JsonObject } from '#cli/api/json.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, readLimit, type Session, show, showList } from '#cli/commands/session.ts';
import { wrongUsage } from '#cli/failure.ts';
import { readCount } from '#cli/options/count.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableMembers, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';
import { XAPI_VERSIONS } from '#xapi/version.ts';

const COLUMNS: readonly Column<StoreAnswer>[] = [
  { head: 'STORE', of: ({ id }) => readable(id) },
  { head: 'NAME', of: ({ name }) => readable(name), mayBeCut: true },
  { head: 'SETTINGS', of: ({ settings }) => readableMembers(settings), mayBeCut: true },
  { head: 'CREATED', of: ({ created }) => readableTime(created) },
];

const VERSION = [
  '--default-version <version>',
  'xAPI version of requests that name none: 1.0.3, 2.0.0 or none',
] as const;
const ATTACHMENT = ['--attachment-limit <bytes>', 'largest content of one attachment, or none'] as const;

interface StoreOptions {
  readonly name?: string;
  readonly defaultVersion?: string;
  readonly attachmentLimit?: string;
}

export function addStore(program: Command, shell: Shell): void {
  const store = addGroup(program, 'store', 'Stores: independent LRSs in one deployment.');
  addCreate(store, shell);
  addList(store, shell);
  addShow(store, shell);
  addSet(store, shell);
}

function addCreate(store: Command, shell: Shell): void {
  store
    .command('create')
    .description('Make a store.')
    .argument('<store>', `its id: ${STORE_ID_RULE}`)
    .option('--name <text>', 'for people (default: the id)')
    .option(...VERSION)
    .option(...ATTACHMENT)
    .addHelpText('after', examples('lrs store create acme --name "Acme Academy"'))
    .action(async (id: string, options: StoreOptions, command: Command) => {
      const settings = Object.entries(settingsOf(options)).filter(([, value]) => value !== null);
      const body = {
        id,
        name: options.name ?? id,
        ...(settings.length > 0 && { settings: Object.fromEntries(settings) }),
      };
      const session = await openSession(shell, command);
      showStore(session, await session.api.send<StoreAnswer>({ method: 'POST', path: ['stores'], body }));
    });
}

function addList(store: Command, shell: Shell): void {
  store
    .command('list')
    .description('List the stores.')
    .option('--limit <count>', 'show so many at most (default: all)')
    .addHelpText('after', examples('lrs store list', "lrs store list --json | jq -r '.[].id'"))
    .action(async (options: { readonly limit?: string }, command: Command) => {
      const limit = readLimit(options.limit);
      const session = await openSession(shell, command);
      await showList(session, session.api.list<StoreAnswer>(['stores'], {}, limit), COLUMNS, 'There are no stores.');
    });
}

function addShow(store: Command, shell: Shell): void {
  store
    .command('show')
    .description('Show a store.')
    .argument('<store>', 'its id')
    .addHelpText('after', examples('lrs store show acme'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      showStore(session, await session.api.send<StoreAnswer>({ method: 'GET', path: ['stores', id] }));
    });
}

function addSet(store: Command, shell: Shell): void {
  store
    .command('set')
    .description('Change a store. What is not given stays.')
    .argument('<store>', 'its id')
    .option('--name <text>', 'for people')
    .option(...VERSION)
    .option(...ATTACHMENT)
    .addHelpText(
      'after',
      examples('lrs store set acme --default-version 1.0.3', 'lrs store set acme --attachment-limit none'),
    )
    .action(async (id: string, options: StoreOptions, command: Command) => {
      const settings = settingsOf(options);
      const body = {
        ...(options.name !== undefined && { name: options.name }),
        ...(Object.keys(settings).length > 0 && { settings }),
      };
      if (Object.keys(body).length === 0) throw wrongUsage('Nothing to change was given: see lrs store set --help.');
      const session = await openSession(shell, command);
      showStore(session, await session.api.send<StoreAnswer>({ method: 'PATCH', path: ['stores', id], body }));
    });
}

/** As the API takes them: null takes a setting away. @throws Failure 2 */
function settingsOf({ defaultVersion, attachmentLimit }: StoreOptions): JsonObject {
  return {
    ...(defaultVersion !== undefined && { defaultVersion: readVersion(defaultVersion) }),
    ...(attachmentLimit !== undefined && {
      attachmentLimit:
        attachmentLimit === 'none'
          ? null
          : readCount('--attachment-limit', attachmentLimit, { min: 0, max: Number.MAX_SAFE_INTEGER }),
    }),
  };
}

/** The refusal of the API would name null, which nobody can type. */
function readVersion(text: string): string | null {
  if (text === 'none') return null;
  if (XAPI_VERSIONS.some((version) => version === text)) return text;
  const versions = XAPI_VERSIONS.join(' or ');
  throw wrongUsage(`--default-version is ${JSON.stringify(text)}; it has to be ${versions}, or none to take it away.`);
}

function showStore(session: Session, store: StoreAnswer): void {
  show(session, store, () =>
    fields({
      Store: readable(store.id),
      Name: readable(store.name),
      Settings: readableMembers(store.settings),
      Created: readableTime(store.created),
      'Created by': readable(store.createdBy),
    }),
  );
}
