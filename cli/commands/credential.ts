import type { Command } from 'commander';
import type { CredentialAnswer, IssuedCredentialAnswer } from '#access/admin-api.ts';
import { SCOPES } from '#access/scope.ts';
import { credentialBody, type CredentialOptions, withoutNulls } from '#cli/commands/credential-body.ts';
import { credentialColumns, showCredential, showSecret } from '#cli/commands/credential-output.ts';
import { addCredentialEnd } from '#cli/commands/credential-end.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, readLimit, showList } from '#cli/commands/session.ts';
import { wrongUsage } from '#cli/failure.ts';
import { DURATION_RULE, readMinutes } from '#cli/options/duration.ts';
import type { Shell } from '#cli/shell.ts';

/** Minutes. */
const LONGEST_OVERLAP = 10_080;

const SCOPE_LIST = ['--scopes <list>', `separated by commas: ${SCOPES.join(', ')}`] as const;
const EXPIRES = ['--expires <when>', `${DURATION_RULE}; a date; or never`] as const;
const ORIGINS = ['--origins <list>', 'origins of web pages that may use it, separated by commas; or all'] as const;
const LIMITS = ['--request-limits <limits>', 'requests a second and a day: 100/1000000; or default'] as const;

export function addCredential(program: Command, shell: Shell): void {
  const credential = addGroup(program, 'credential', 'Credentials: keys and secrets, and what they may do.');
  addCreate(credential, shell);
  addList(credential, shell);
  addShow(credential, shell);
  addSet(credential, shell);
  addRotate(credential, shell);
  addCredentialEnd(credential, shell);
}

function addCreate(credential: Command, shell: Shell): void {
  credential
    .command('create')
    .description('Make a credential, and show its secret, this once.')
    .requiredOption(...SCOPE_LIST)
    .option('--store <store>', 'id of its store (default: the store of the credential that is used)')
    .option('--label <text>', 'for people')
    .option('--key <key>', 'its key (default: a random one)')
    .option('--authority <agent>', 'agent that its statements get as authority: mailto:…, or JSON (default: its own)')
    .option(...EXPIRES)
    .option(...ORIGINS)
    .option(...LIMITS)
    .addHelpText(
      'after',
      examples(
        'lrs credential create --store acme --label "LMS of Acme" --scopes all',
        'lrs credential create --scopes statements/write,state --expires 90d',
        'lrs credential create --scopes all --json | lrs profile add acme --endpoint https://… --credential-stdin',
      ),
    )
    .action(async (options: CredentialOptions & { readonly store?: string }, command: Command) => {
      const body = withoutNulls(credentialBody(options, shell.now()));
      const session = await openSession(shell, command);
      const query = { store: options.store };
      showSecret(
        session,
        await session.api.send<IssuedCredentialAnswer>({ method: 'POST', path: ['credentials'], query, body }),
      );
    });
}

function addList(credential: Command, shell: Shell): void {
  credential
    .command('list')
    .description('List the credentials of a store.')
    .option('--store <store>', 'its id (default: the store of the credential that is used)')
    .option('--limit <count>', 'show so many at most (default: all)')
    .addHelpText('after', examples('lrs credential list', 'lrs credential list --store acme --json'))
    .action(async (options: { readonly store?: string; readonly limit?: string }, command: Command) => {
      const limit = readLimit(options.limit);
      const session = await openSession(shell, command);
      const items = session.api.list<CredentialAnswer>(['credentials'], { store: options.store }, limit);
      await showList(session, items, credentialColumns(shell.now()), 'There are no credentials in this store.');
    });
}

function addShow(credential: Command, shell: Shell): void {
  credential
    .command('show')
    .description('Show a credential, without its secret.')
    .argument('<key>', 'its key')
    .addHelpText('after', examples('lrs credential show 4f1e…'))
    .action(async (key: string, _options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      showCredential(session, await session.api.send<CredentialAnswer>({ method: 'GET', path: ['credentials', key] }));
    });
}

function addSet(credential: Command, shell: Shell): void {
  credential
    .command('set')
    .description('Change a credential. What is not given stays.')
    .argument('<key>', 'its key')
    .option('--label <text>', 'for people')
    .option(...SCOPE_LIST)
    .option(...EXPIRES)
    .option(...ORIGINS)
    .option(...LIMITS)
    .addHelpText(
      'after',
      examples('lrs credential set 4f1e… --label "Old LMS" --expires 30d', 'lrs credential set 4f1e… --origins all'),
    )
    .action(async (key: string, options: CredentialOptions, command: Command) => {
      const body = credentialBody(options, shell.now());
      if (Object.keys(body).length === 0) {
        throw wrongUsage('Nothing to change was given: see lrs credential set --help.');
      }
      const session = await openSession(shell, command);
      showCredential(
        session,
        await session.api.send<CredentialAnswer>({ method: 'PATCH', path: ['credentials', key], body }),
      );
    });
}

function addRotate(credential: Command, shell: Shell): void {
  credential
    .command('rotate')
    .description(
      'Give a credential a new secret, and show it, this once. It counts within seconds; the old one stays good for the overlap.',
    )
    .argument('<key>', 'its key')
    .option('--overlap <duration>', `${DURATION_RULE}, 7d at most; 0: the old one ends at once (default: 24h)`)
    .addHelpText('after', examples('lrs credential rotate 4f1e…', 'lrs credential rotate 4f1e… --overlap 0'))
    .action(async (key: string, options: { readonly overlap?: string }, command: Command) => {
      const { overlap } = options;
      const body = overlap === undefined ? {} : { overlapMinutes: readMinutes('--overlap', overlap, LONGEST_OVERLAP) };
      const session = await openSession(shell, command);
      showSecret(
        session,
        await session.api.send<IssuedCredentialAnswer>({ method: 'POST', path: ['credentials', key, 'rotate'], body }),
      );
      const { connection } = session.api;
      if (key === connection.key)
        shell.tell(`It is the key used here, from ${connection.source}: put its new secret there.\n`);
    });
}
