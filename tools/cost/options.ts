import { parseArgs } from 'node:util';
import { LARGEST, readAmount } from './amount.ts';
import { ASSUMPTION_NAMES, type Assumptions, assume } from './assumptions.ts';
import { BATCHES } from './capacity.ts';
import { InputError } from './input-error.ts';
import { REGIONS } from './regions.ts';
import { DEFAULT_WORKLOAD, type Workload } from './workload.ts';

export interface CostOptions {
  readonly workload: Workload;
  readonly assumptions: Assumptions;
  readonly region: string;
  /** A file that has the prices instead of the region. */
  readonly priceFile: string | undefined;
  readonly freeTier: boolean;
  readonly json: boolean;
  readonly printPrices: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run cost -- [options]

What a deployment costs in a month, by what it stores and answers. Numbers may be written 250, 10k, 1.5M, 1e6 or 1B.

  --statements N           statements stored in a month (1M)
  --batch N                statements in one request: ${BATCHES.join(', ')} (1)
  --reads N                GETs of one statement by its id (0)
  --pages N                pages of 50 statements (0)
  --documents N            states written, and as many read (0)
  --attachments N          statements with an attachment (0)
  --attachment-kb N        KB of each, 1 to 4500 (100)
  --attachment-reads N     GETs of one statement with its attachment (0)
  --months N               the bill of this month, all before having been the same (1)

  --region NAME            ${REGIONS.map(({ region }) => region).join(', ')} (us-east-1)
  --prices FILE            prices of another region; --print-prices shows the form
  --memory MB              of the functions (1024)
  --shards N               of the indexes (1)
  --log-retention-days N   (90)
  --customer-managed-key   encrypt with a key of your own
  --edge                   CloudFront and WAF in front
  --tracing                X-Ray
  --free-tier              take off what is free every month
  --assume NAME=VALUE      another value for an assumption; docs/operations/cost.md lists them
  --json                   for programs
  --help

Examples:

  npm run cost -- --statements 1e6 --reads 1e5
  npm run cost -- --statements 10M --batch 50 --pages 100k --months 12 --region eu-west-1
  npm run cost -- --statements 50k --free-tier --assume alarms=5`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const OPTIONS = {
  statements: text,
  batch: text,
  reads: text,
  pages: text,
  documents: text,
  attachments: text,
  'attachment-kb': text,
  'attachment-reads': text,
  months: text,
  region: text,
  prices: text,
  memory: text,
  shards: text,
  'log-retention-days': text,
  'customer-managed-key': flag,
  edge: flag,
  tracing: flag,
  'free-tier': flag,
  assume: { type: 'string', multiple: true },
  json: flag,
  'print-prices': flag,
  help: flag,
} as const;

/** @throws InputError when the parameters are not as `USAGE` says */
export function readOptions(parameters: readonly string[]): CostOptions {
  const values = parse(parameters);
  const amount = (name: AmountName, otherwise: number, range?: { least?: number; most?: number }): number => {
    const given = values[name];
    return given === undefined ? otherwise : readAmount(name, given, range);
  };
  const workload: Workload = {
    statements: amount('statements', DEFAULT_WORKLOAD.statements),
    batch: readBatch(values.batch),
    reads: amount('reads', DEFAULT_WORKLOAD.reads),
    pages: amount('pages', DEFAULT_WORKLOAD.pages),
    documents: amount('documents', DEFAULT_WORKLOAD.documents),
    attachments: amount('attachments', DEFAULT_WORKLOAD.attachments),
    attachmentKb: amount('attachment-kb', DEFAULT_WORKLOAD.attachmentKb, { least: 1, most: 4_500 }),
    attachmentReads: amount('attachment-reads', DEFAULT_WORKLOAD.attachmentReads),
    months: amount('months', DEFAULT_WORKLOAD.months, { least: 1, most: 1_200 }),
    memory: amount('memory', DEFAULT_WORKLOAD.memory, { least: 128, most: 10_240 }),
    shards: amount('shards', DEFAULT_WORKLOAD.shards, { least: 1, most: 1_000 }),
    logRetentionDays: amount('log-retention-days', DEFAULT_WORKLOAD.logRetentionDays, { least: 1, most: 3_653 }),
    customerManagedKey: values['customer-managed-key'],
    edge: values.edge,
    tracing: values.tracing,
  };
  if (workload.attachments * workload.batch > workload.statements) {
    throw new InputError('There are more --attachments than requests that store statements (--statements / --batch).');
  }
  return {
    workload,
    assumptions: readAssumptions(values.assume ?? []),
    region: values.region ?? 'us-east-1',
    priceFile: values.prices,
    freeTier: values['free-tier'],
    json: values.json,
    printPrices: values['print-prices'],
    help: values.help,
  };
}

/** The options that are numbers. */
type AmountName =
  | 'statements'
  | 'reads'
  | 'pages'
  | 'documents'
  | 'attachments'
  | 'attachment-kb'
  | 'attachment-reads'
  | 'months'
  | 'memory'
  | 'shards'
  | 'log-retention-days';

function parse(parameters: readonly string[]) {
  try {
    const { values, tokens } = parseArgs({ args: [...parameters], options: OPTIONS, tokens: true });
    const valued = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? token.name : []));
    refuseRepeated(valued.filter((name) => name !== 'assume').map((name) => `--${name}`));
    return values;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws InputError */
function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new InputError(`${repeated} is given more than once.`);
}

function readBatch(given = '1'): Workload['batch'] {
  const batch = BATCHES.find((size) => String(size) === given);
  if (batch !== undefined) return batch;
  throw new InputError(`--batch is "${given}"; measured are ${BATCHES.join(', ')}.`);
}

function readAssumptions(given: readonly string[]): Assumptions {
  const assumed = given.map(readAssumption);
  refuseRepeated(assumed.map(([name]) => `--assume ${name}`));
  return assume(Object.fromEntries(assumed));
}

function readAssumption(given: string): readonly [string, number] {
  const { name = '', value = '' } = /^(?<name>\w+)=(?<value>\d+(?:\.\d+)?)$/u.exec(given)?.groups ?? {};
  if (ASSUMPTION_NAMES.some((known) => known === name)) {
    if (Number(value) <= LARGEST) return [name, Number(value)];
    throw new InputError(`--assume gives ${name} a value above ${LARGEST / 1e9}B.`);
  }
  throw new InputError(`--assume is "${given}"; it has to be NAME=VALUE with one of ${ASSUMPTION_NAMES.join(', ')}.`);
}
