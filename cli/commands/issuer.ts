import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { IssuerAnswer } from '#access/admin-api.ts';
import { isJsonObject, type JsonObject } from '#cli/api/json.ts';
import { confirm } from '#cli/commands/confirm.ts';
import { examples } from '#cli/commands/examples.ts';
import { readInput } from '#cli/commands/read-input.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, readLimit, type Session, show, showList } from '#cli/commands/session.ts';
import { SOON } from '#cli/commands/soon.ts';
import { wrongUsage } from '#cli/failure.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

const COLUMNS: readonly Column<IssuerAnswer>[] = [
  { head: 'ID', of: ({ id }) => readable(id) },
  { head: 'ISSUER', of: ({ issuer }) => readable(issuer), mayBeCut: true },
  { head: 'AUDIENCES', of: ({ audiences }) => readable(audiences), mayBeCut: true },
  { head: 'STORE', of: ({ store }) => storeOf(store), mayBeCut: true },
  { head: 'STATE', of: ({ disabled }) => stateOf(disabled) },
];

export function addIssuer(program: Command, shell: Shell): void {
  const issuer = addGroup(program, 'issuer', 'Issuers: others whose tokens (OpenID Connect) are accepted.');
  addAdd(issuer, shell);
  addList(issuer, shell);
  addShow(issuer, shell);
  addRemove(issuer, shell);
}

function addAdd(issuer: Command, shell: Shell): void {
  issuer
    .command('add')
    .description('Accept the tokens of an issuer.')
    .argument('<file>', 'JSON with id, issuer, audiences, scopes and store; - for standard input')
    .addHelpText('after', examples('lrs issuer add keycloak.json', 'lrs issuer add - < keycloak.json'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const body = await readBody(file, shell);
      const session = await openSession(shell, command);
      showIssuer(session, await session.api.send<IssuerAnswer>({ method: 'POST', path: ['issuers'], body }));
    });
}

function addList(issuer: Command, shell: Shell): void {
  issuer
    .command('list')
    .description('List the issuers.')
    .option('--limit <count>', 'show so many at most (default: all)')
    .addHelpText('after', examples('lrs issuer list'))
    .action(async (options: { readonly limit?: string }, command: Command) => {
      const limit = readLimit(options.limit);
      const session = await openSession(shell, command);
      await showList(session, session.api.list<IssuerAnswer>(['issuers'], {}, limit), COLUMNS, 'There are no issuers.');
    });
}

function addShow(issuer: Command, shell: Shell): void {
  issuer
    .command('show')
    .description('Show an issuer.')
    .argument('<id>', 'its id')
    .addHelpText('after', examples('lrs issuer show keycloak', 'lrs issuer show keycloak --json'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      showIssuer(session, await session.api.send<IssuerAnswer>({ method: 'GET', path: ['issuers', id] }));
    });
}

function addRemove(issuer: Command, shell: Shell): void {
  issuer
    .command('remove')
    .description(`Accept the tokens of an issuer no longer. It takes effect ${SOON}.`)
    .argument('<id>', 'its id')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('lrs issuer remove keycloak'))
    .action(async (id: string, options: { readonly yes?: boolean }, command: Command) => {
      const session = await openSession(shell, command);
      await confirm(shell, `Remove the issuer ${id} from ${session.api.connection.endpoint.url}`, options);
      const answer = await session.api.send({ method: 'DELETE', path: ['issuers', id] });
      show(session, answer, () => `Removed ${id}.\n`);
    });
}

/** @throws Failure when it cannot be read, or is no object of JSON */
async function readBody(file: string, shell: Shell): Promise<JsonObject> {
  const text =
    file === '-' ? await readInput(shell, 'an issuer as JSON') : await readText(resolve(shell.workingFolder, file));
  const value = parse(text);
  if (isJsonObject(value)) return value;
  throw wrongUsage(`${file === '-' ? 'Standard input' : file} does not hold an object of JSON.`);
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw wrongUsage(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function showIssuer(session: Session, issuer: IssuerAnswer): void {
  show(session, issuer, () =>
    fields({
      Id: readable(issuer.id),
      Issuer: readable(issuer.issuer),
      Audiences: readable(issuer.audiences),
      Keys: readable(issuer.jwksUri),
      Scopes: readable(issuer.scopes),
      Store: readable(issuer.store),
      State: stateOf(issuer.disabled),
      Created: readableTime(issuer.created),
      'Created by': readable(issuer.createdBy),
    }),
  );
}

function storeOf(store: IssuerAnswer['store']): string {
  return typeof store === 'string' ? store : `by claim: ${readable(store)}`;
}

function stateOf(disabled: boolean): string {
  return disabled ? 'disabled' : 'in use';
}
