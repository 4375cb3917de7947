import { parseArgs } from 'node:util';
import { CHECKS } from './checks.ts';
import type { Access } from './client.ts';

export type SmokeOptions = { readonly kind: 'help' } | { readonly kind: 'list' } | RunOptions;

export interface RunOptions {
  readonly kind: 'run';
  /** Without a slash at its end. */
  readonly endpoint: URL;
  readonly access: Access;
  readonly limited: Access | undefined;
  /** Names of checks; empty for all. */
  readonly only: readonly string[];
  readonly json: boolean;
}

/** The parameters are wrong; the message says how. Never quotes a value that may be a secret. */
export class UsageError extends Error {}

const OPTIONS = {
  endpoint: { type: 'string' },
  key: { type: 'string' },
  secret: { type: 'string' },
  'limited-key': { type: 'string' },
  'limited-secret': { type: 'string' },
  only: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws UsageError */
export function readOptions(parameters: readonly string[], variables: Variables): SmokeOptions {
  const values = parse(parameters);
  if (values.help) return { kind: 'help' };
  if (values.list) return { kind: 'list' };
  const access = readAccess('', values.key, values.secret, variables);
  if (access === undefined) {
    throw new UsageError('There is no credential: set LRS_SMOKE_KEY and LRS_SMOKE_SECRET, or give --key and --secret.');
  }
  return {
    kind: 'run',
    endpoint: readEndpoint(values.endpoint ?? variables['LRS_SMOKE_ENDPOINT']),
    access,
    limited: readAccess('limited-', values['limited-key'], values['limited-secret'], variables),
    only: readNames(values.only ?? []),
    json: values.json,
  };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({ args: [...parameters], options: OPTIONS }).values;
  } catch (error) {
    // The message of an argument too many would quote it, and it may be a part of a secret.
    const isSurplus =
      error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    if (isSurplus) throw new UsageError('There is an argument too many: put values with spaces in quotes.');
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @param prefix of the names of the options */
function readAccess(
  prefix: '' | 'limited-',
  key: string | undefined,
  secret: string | undefined,
  variables: Variables,
): Access | undefined {
  const variable = `LRS_SMOKE_${prefix.toUpperCase().replace('-', '_')}`;
  const access = {
    key: key ?? variables[`${variable}KEY`] ?? '',
    secret: secret ?? variables[`${variable}SECRET`] ?? '',
  };
  if (access.key === '' && access.secret === '') return undefined;
  if (access.key === '' || access.secret === '') {
    const name = access.key === '' ? 'key' : 'secret';
    throw new UsageError(`There is no --${prefix}${name}; it may also be in ${variable}${name.toUpperCase()}.`);
  }
  return access;
}

function readEndpoint(text: string | undefined): URL {
  if (text === undefined || text === '') {
    throw new UsageError('There is no endpoint: set LRS_SMOKE_ENDPOINT, or give --endpoint.');
  }
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new UsageError('The endpoint has to be a URL such as https://lrs.example.com/xapi.');
  }
  if (url.username !== '' || url.password !== '') throw new UsageError('Give key and secret apart from the endpoint.');
  url.pathname = url.pathname.replace(/\/+$/u, '');
  if (url.pathname.endsWith('/statements')) throw new UsageError('The endpoint ends before /statements.');
  return url;
}

function readNames(names: readonly string[]): readonly string[] {
  const known: ReadonlySet<string> = new Set(CHECKS.map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return names;
  throw new UsageError(`There is no check ${unknown}; --list shows those there are.`);
}
