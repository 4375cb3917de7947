import type { Command } from 'commander';
import type { SigningKeyAnswer, SigningKeysAnswer } from '#access/admin-api.ts';
import { confirm } from '#cli/commands/confirm.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, type Session, show } from '#cli/commands/session.ts';
import { type Column, table } from '#cli/output/table.ts';
import { readable, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

const COLUMNS: readonly Column<SigningKeyAnswer>[] = [
  { head: 'KEY ID', of: ({ kid }) => readable(kid) },
  { head: 'CREATED', of: ({ created }) => readableTime(created) },
  { head: 'SIGNS FROM', of: ({ signsFrom }) => readableTime(signsFrom) },
  { head: 'RETIRES', of: ({ retires }) => readableTime(retires) },
];

interface RotateOptions {
  readonly compromised?: boolean;
  readonly yes?: boolean;
}

export function addKeys(program: Command, shell: Shell): void {
  const keys = addGroup(program, 'keys', 'Signing keys: what the LRS signs its tokens with.');
  keys
    .command('list')
    .description('List the signing keys, the newest first.')
    .addHelpText('after', examples('lrs keys list'))
    .action(async (_options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      showKeys(session, await session.api.send<SigningKeysAnswer>({ method: 'GET', path: ['signing-keys'] }));
    });
  keys
    .command('rotate')
    .description(
      'Make a new signing key. It is published at once and signs 10 minutes later; tokens that were issued stay good.',
    )
    .option(
      '--compromised',
      'the keys have leaked: the new one signs at once, and all tokens that were issued are refused within 30 seconds',
    )
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('lrs keys rotate', 'lrs keys rotate --compromised'))
    .action(async ({ compromised = false, yes = false }: RotateOptions, command: Command) => {
      const session = await openSession(shell, command);
      if (compromised) {
        const { url } = session.api.connection.endpoint;
        await confirm(shell, `End all tokens that were issued by ${url}, of every store`, { yes });
      }
      const request = { method: 'POST', path: ['signing-keys', 'rotate'], body: { compromised } } as const;
      showKeys(session, await session.api.send<SigningKeysAnswer>(request));
    });
}

function showKeys(session: Session, answer: SigningKeysAnswer): void {
  const { keys } = answer;
  if (keys.length === 0 && !session.json) {
    session.shell.tell('There are no signing keys yet: the first token makes one.\n');
    return;
  }
  show(session, answer, () => table(COLUMNS, keys, session.shell.columns));
}
