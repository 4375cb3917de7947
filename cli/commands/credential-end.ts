import type { Command } from 'commander';
import type { CredentialAnswer } from '#access/admin-api.ts';
import { confirm } from '#cli/commands/confirm.ts';
import { showCredential } from '#cli/commands/credential-output.ts';
import { examples } from '#cli/commands/examples.ts';
import { openSession, show } from '#cli/commands/session.ts';
import { SOON } from '#cli/commands/soon.ts';
import type { Shell } from '#cli/shell.ts';

/** The commands that end a credential or its tokens, and the one that takes that back. */
export function addCredentialEnd(credential: Command, shell: Shell): void {
  addSwitch(credential, shell, { name: 'disable', disabled: true, description: 'Refuse a credential and its tokens.' });
  addSwitch(credential, shell, { name: 'enable', disabled: false, description: 'Accept a disabled credential again.' });
  addDelete(credential, shell);
  addRevokeTokens(credential, shell);
}

function addSwitch(
  credential: Command,
  shell: Shell,
  { name, disabled, description }: { readonly name: string; readonly disabled: boolean; readonly description: string },
): void {
  credential
    .command(name)
    .description(`${description} It takes effect ${SOON}.`)
    .argument('<key>', 'its key')
    .addHelpText('after', examples(`lrs credential ${name} 4f1e…`))
    .action(async (key: string, _options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      const body = { disabled };
      showCredential(
        session,
        await session.api.send<CredentialAnswer>({ method: 'PATCH', path: ['credentials', key], body }),
      );
    });
}

function addDelete(credential: Command, shell: Shell): void {
  credential
    .command('delete')
    .description(`Delete a credential for good. What it stored stays. It takes effect ${SOON}.`)
    .argument('<key>', 'its key')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('lrs credential delete 4f1e…', 'lrs credential delete 4f1e… --yes'))
    .action(async (key: string, options: { readonly yes?: boolean }, command: Command) => {
      const session = await openSession(shell, command);
      await confirm(shell, `Delete the credential ${key} of ${session.api.connection.endpoint.url}`, options);
      const answer = await session.api.send({ method: 'DELETE', path: ['credentials', key] });
      show(session, answer, () => `Deleted ${key}.\n`);
    });
}

function addRevokeTokens(credential: Command, shell: Shell): void {
  credential
    .command('revoke-tokens')
    .description(`Refuse the tokens of a credential that were issued until now. It takes effect ${SOON}.`)
    .argument('<key>', 'its key')
    .option('--token-id <id>', 'only this one, as `lrs token mint` has shown it')
    .addHelpText('after', examples('lrs credential revoke-tokens 4f1e…'))
    .action(async (key: string, options: { readonly tokenId?: string }, command: Command) => {
      const { tokenId } = options;
      const body = tokenId === undefined ? {} : { tokenId };
      const session = await openSession(shell, command);
      const path = ['credentials', key, 'revoke-tokens'];
      showCredential(session, await session.api.send<CredentialAnswer>({ method: 'POST', path, body }));
    });
}
