import type { LoadOptions } from '#bench/load/measure.ts';
import { wholeNumber } from '#bench/support/whole-number.ts';

/** What `parseArgs` is told of the options that a load has. */
export const LOAD_ARGUMENTS = {
  stored: { type: 'string', default: '5000' },
  count: { type: 'string', default: '1000' },
  seconds: { type: 'string', default: '10' },
  only: { type: 'string', default: '' },
  seed: { type: 'string' },
  'any-host': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const LOAD_USAGE = `  --stored N     statements that are stored before anything is read, 5000 unless given
  --count N      requests of each operation, at most; 1000 unless given
  --seconds N    of each operation, at most; 10 unless given
  --only TEXT    operations whose name has one of these in it, by commas; all unless given
  --seed TEXT    what all that is sent begins with; another with each run unless given
  --any-host     allows hosts that are not this machine, where what is sent costs money and stays
  --json         the figures as JSON, times in milliseconds
  --help         prints this`;

interface LoadValues {
  readonly stored: string;
  readonly count: string;
  readonly seconds: string;
  readonly only: string;
  readonly seed?: string | undefined;
}

/** @param now milliseconds since 1970 @throws OptionError */
export function readLoad(
  { stored, count, seconds, only, seed }: LoadValues,
  now: number,
): Pick<LoadOptions, 'seed' | 'stored' | 'count' | 'time' | 'only'> {
  return {
    seed: seed ?? `bench-${now.toString(36)}`,
    stored: wholeNumber('--stored', stored, { min: 2_000, max: 1_000_000 }),
    count: wholeNumber('--count', count, { min: 10, max: 20_000 }),
    only: only.split(',').map((text) => text.trim()),
    time: wholeNumber('--seconds', seconds, { min: 1, max: 600 }) * 1_000,
  };
}
