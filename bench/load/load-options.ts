import { allOperations } from '#bench/load/all-operations.ts';
import { CONNECTIONS } from '#bench/load/lrs-client.ts';
import type { LoadOptions } from '#bench/load/measure.ts';
import { TABLE_ARGUMENTS } from '#bench/support/table-options.ts';
import { OptionError, wholeNumber } from '#bench/support/whole-number.ts';

/** What `parseArgs` is told of the options that a load has. */
export const LOAD_ARGUMENTS = {
  stored: { type: 'string', default: '5000' },
  count: { type: 'string', default: '1000' },
  'warm-up': { type: 'string' },
  seconds: { type: 'string', default: '10' },
  'in-flight': { type: 'string' },
  only: { type: 'string', default: '' },
  seed: { type: 'string' },
  url: { type: 'string' },
  'any-host': { type: 'boolean', default: false },
  ...TABLE_ARGUMENTS,
} as const;

/** What the numbers may be. */
const STORED = { min: 2_000, max: 1_000_000 };
const LEAST_COUNT = 10;

export const LOAD_USAGE = `  --stored N     statements that are stored before anything is read, ${STORED.min} to ${STORED.max}; 5000 unless given
  --count N      requests of each operation, at most, ${LEAST_COUNT} or more; 1000 unless given
  --warm-up N    requests that are sent before those and not counted; a tenth of them unless given
  --seconds N    of each operation, at most; 10 unless given
  --in-flight N  requests at once of each operation that does not name how many, 1 to ${CONNECTIONS}; usually 1 to 8
  --only TEXT    operations whose name has one of these in it, by commas; all unless given
  --seed TEXT    what all that is sent begins with; another with each run unless given
  --any-host     allows hosts that are not this machine, where what is sent costs money and stays
  --json         the figures as JSON, times in milliseconds
  --help         prints this`;

interface LoadValues {
  readonly stored: string;
  readonly count: string;
  readonly 'warm-up'?: string | undefined;
  readonly seconds: string;
  readonly 'in-flight'?: string | undefined;
  readonly only: string;
  readonly seed?: string | undefined;
  readonly write: boolean;
}

/** @param now milliseconds since 1970 @param most requests of one operation, with those before @throws OptionError */
export function readLoad(
  { stored, count, 'warm-up': warmUp, seconds, 'in-flight': inFlight, only, seed, write }: LoadValues,
  now: number,
  most = 22_000,
): Pick<LoadOptions, 'seed' | 'stored' | 'count' | 'warmUp' | 'time' | 'inFlight' | 'only'> {
  if (write && only !== '') throw new OptionError('--write is for all operations, without --only.');
  if (write && inFlight !== undefined)
    throw new OptionError('--write is for the usual requests at once, without --in-flight.');
  const counted = wholeNumber('--count', count, { min: LEAST_COUNT, max: most });
  const before =
    warmUp === undefined ? Math.ceil(counted / 10) : wholeNumber('--warm-up', warmUp, { min: 0, max: most });
  if (counted + before > most) {
    throw new OptionError(
      `--count is ${counted} and the requests before are ${before}; together they are at most ${most}.`,
    );
  }
  return {
    seed: seed ?? `bench-${now.toString(36)}`,
    stored: wholeNumber('--stored', stored, STORED),
    count: counted,
    warmUp: before,
    ...(inFlight !== undefined && { inFlight: wholeNumber('--in-flight', inFlight, { min: 1, max: CONNECTIONS }) }),
    only: partsOfNames(only),
    time: wholeNumber('--seconds', seconds, { min: 1, max: 600 }) * 1_000,
  };
}

/** @throws OptionError where one is in the name of no operation: nothing would be measured, and all seem well */
function partsOfNames(only: string): readonly string[] {
  const parts = only.split(',').map((text) => text.trim());
  if (only !== '' && parts.includes('')) throw new OptionError(`--only "${only}" has an empty name in it.`);
  const names = allOperations({ seed: '', count: STORED.min, since: '' }).map(({ name }) => name);
  const other = parts.find((part) => !names.some((name) => name.includes(part)));
  if (other === undefined) return parts;
  throw new OptionError(`--only has "${other}", which is in the name of no operation; there are: ${names.join('; ')}.`);
}
