import type { Command } from 'commander';
import { type Api, createApi } from '#cli/api/api.ts';
import { readCount } from '#cli/options/count.ts';
import { optionAt } from '#cli/options/option-at.ts';
import { printableJson } from '#cli/output/legible.ts';
import { type Column, table } from '#cli/output/table.ts';
import { type ConnectionOptions, findConnection } from '#cli/profiles/connection.ts';
import { isLoopback } from '#cli/profiles/endpoint.ts';
import type { Shell } from '#cli/shell.ts';

/** Options of the program itself, which stand before or behind any command. */
export interface GlobalOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** What a command needs that talks to the LRS. */
export interface Session {
  readonly shell: Shell;
  readonly api: Api;
  readonly json: boolean;
}

/**
 * Says which LRS is used where that is not this machine and nobody has just typed which.
 *
 * @throws Failure when it is not known with which LRS, or as whom
 */
export async function openSession(shell: Shell, command: Command): Promise<Session> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const connection = await findConnection(shell, options);
  const { endpoint, source } = connection;
  const isTyped = options.profile !== undefined || options.endpoint !== undefined;
  if (!isTyped && !isLoopback(endpoint)) shell.tell(`Using ${endpoint.url} with the key of ${source}.\n`);
  const api = createApi(shell, connection, (path) => optionAt(command, path));
  return { shell, api, json: options.json === true };
}

/** As JSON, or as people read it. */
export function show({ shell, json }: Pick<Session, 'shell' | 'json'>, value: unknown, asText: () => string): void {
  shell.write(json ? `${printableJson(value)}\n` : asText());
}

/**
 * All items as one array of JSON, written as they come, or as a table.
 *
 * @param none what a person is told when there are none
 * @returns how many there were
 */
export async function showList<Item extends object>(
  { shell, json }: Pick<Session, 'shell' | 'json'>,
  items: AsyncIterable<Item>,
  columns: readonly Column<Item>[],
  none: string,
): Promise<number> {
  if (json) return writeArray(shell, items);
  const rows = await Array.fromAsync(items);
  if (rows.length === 0) shell.tell(`${none}\n`);
  else shell.write(table(columns, rows, shell.columns));
  return rows.length;
}

async function writeArray(shell: Shell, items: AsyncIterable<object>): Promise<number> {
  let count = 0;
  for await (const item of items) {
    shell.write(`${count === 0 ? '[' : ','}\n${printableJson(item)}`);
    count += 1;
  }
  shell.write(count === 0 ? '[]\n' : '\n]\n');
  return count;
}

/** How many items of a list are wanted; undefined: all. @throws Failure 2 */
export function readLimit(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readCount('--limit', text, { min: 1, max: Number.MAX_SAFE_INTEGER });
}
