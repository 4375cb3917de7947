import { RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { type Heat, heatOf, PARTITION_LIMIT, type Traffic } from '#bench/scale/heat.ts';

/** Those that are tried. */
const SHARDS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

/** Of the limit: what a partition is planned to take, so that a busy moment finds room. */
const HEADROOM = 0.7;

export interface Sizing {
  readonly rate: number;
  readonly array: number;
  /** Enough for all that is spread over shards. */
  readonly shards: number;
  readonly unsharded: Heat;
  readonly sharded: Heat;
}

/** What shards make cooler; all else meets in one partition however many there are. */
const SPREAD: ReadonlySet<string> = new Set([
  'index verb',
  'index activity',
  'index time',
  ...RELATED_INDEXES.map((name) => `index ${name}`),
  'entries related-activity',
  'packs verb',
  'packs activity',
  'packs time',
]);

/** The fewest shards with which nothing that is spread over them is beyond what is planned. */
export function sizingOf(traffic: Omit<Traffic, 'shards'>): Sizing {
  const { rate, array } = traffic;
  const unsharded = heatOf({ ...traffic, shards: 1 });
  const planned = PARTITION_LIMIT * HEADROOM;
  // Were they spread evenly; they are not quite.
  const fewest = hottestSpread(unsharded) / planned;
  for (const shards of SHARDS.filter((number) => number >= fewest)) {
    const sharded = shards === 1 ? unsharded : heatOf({ ...traffic, shards });
    if (hottestSpread(sharded) <= planned) return { rate, array, shards, unsharded, sharded };
  }
  throw new Error(`${SHARDS.at(-1)} shards are not enough for ${rate} statements a second.`);
}

export function hottestSpread(heat: Heat): number {
  return Math.max(...Array.from(heat, ([kind, units]) => (SPREAD.has(kind) ? units : 0)));
}

/** What stays in one partition, and is beyond what that takes. */
export function beyondLimit(heat: Heat): readonly string[] {
  return Array.from(heat).flatMap(([kind, units]) => (units > PARTITION_LIMIT && !SPREAD.has(kind) ? [kind] : []));
}
