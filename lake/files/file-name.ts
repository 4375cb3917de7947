import { createHash } from 'node:crypto';

/**
 * The name of a file of statements says what a writer has to know of it without opening it:
 *
 *     fresh_mhs3k2ab04fk29x0a0000_mhs3k2bc14fk29x0a0007_312_51877_437120_5f0c9d21_8a3e…e1.parquet
 *     │     │                     │                     │   │     │      │        └ which rows
 *     │     │                     │                     │   │     │      └ the manifest that it may be added to
 *     │     │                     │                     │   │     └ bytes of its statements as JSON
 *     │     │                     │                     │   └ bytes
 *     │     │                     │                     └ rows
 *     │     └ first and last position
 *     └ `fresh`: written as statements arrived; `merged`: by compaction
 */
export interface FileName {
  readonly kind: 'fresh' | 'merged';
  readonly first: string;
  readonly last: string;
  readonly rows: number;
  readonly bytes: number;
  readonly rawBytes: number;
  /** See `baseOf`; of a merged file the run that has written it. */
  readonly base: string;
  readonly hash: string;
}

const NAME =
  /^(?<kind>fresh|merged)_(?<first>[0-9a-z]+)_(?<last>[0-9a-z]+)_(?<rows>\d+)_(?<bytes>\d+)_(?<raw>\d+)_(?<base>[0-9a-f]+)_(?<hash>[0-9a-f]+)\.parquet$/u;

const BASE_LENGTH = 8;
const HASH_LENGTH = 32;

export function formatFileName({ kind, first, last, rows, bytes, rawBytes, base, hash }: FileName): string {
  return `${[kind, first, last, rows, bytes, rawBytes, base, hash].join('_')}.parquet`;
}

/** @returns undefined for a file that the lake has not named */
export function parseFileName(name: string): FileName | undefined {
  const groups = NAME.exec(name)?.groups;
  if (groups === undefined) return undefined;
  const { kind, first = '', last = '', base = '', hash = '' } = groups;
  return {
    kind: kind === 'fresh' ? 'fresh' : 'merged',
    first,
    last,
    rows: Number(groups['rows']),
    bytes: Number(groups['bytes']),
    rawBytes: Number(groups['raw']),
    base,
    hash,
  };
}

/**
 * What a fresh file bears of the manifest it was made to be added to. It is added to that one or never; so one whose base
 * is not the current manifest is no writer's business any more, however long a writer slept.
 */
export function baseOf(manifest: string | undefined): string {
  return digest(manifest ?? 'none').slice(0, BASE_LENGTH);
}

/** The same rows, the same hash. @param positions in ascending order */
export function hashOfRows(positions: readonly string[]): string {
  return digest(positions.join('\n')).slice(0, HASH_LENGTH);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
