import { DEFAULT_STORE } from '#access/store.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { PARTITION_LIMIT } from '#bench/scale/heat.ts';
import { beyondLimit, hottestSpread, type Sizing } from '#bench/scale/sizing.ts';
import { markdownTable } from '#bench/support/table.ts';

const SIZING = [
  'statements/s',
  'in arrays of',
  'shards',
  'hottest shard',
  'queries for a page by time',
  'still beyond the limit',
];

/** @returns a table of the heat with one shard, and one of the shards that are enough. */
export function tablesOf(sizings: readonly Sizing[]): string {
  const kinds = [...new Set(sizings.flatMap(({ unsharded }) => [...unsharded.keys()]))];
  const headings = sizings.map(({ rate, array }) => `${grouped(rate)}/s, arrays of ${array}`);
  const heat = kinds.map((kind) => [kind, ...sizings.map(({ unsharded }) => marked(unsharded.get(kind) ?? 0))]);
  const sizing = sizings.map((one) => [
    grouped(one.rate),
    String(one.array),
    String(one.shards),
    grouped(Math.round(hottestSpread(one.sharded))),
    String(new Keyspace(DEFAULT_STORE, one.shards).packPartitions('time', '').length + one.shards),
    beyondLimit(one.sharded).join(', ') || '–',
  ]);
  return [
    `Write units a second of the hottest partition with one shard; a partition takes ${grouped(PARTITION_LIMIT)}, and what is beyond is **bold**:`,
    markdownTable(['partition of', ...headings], heat),
    'Shards that are enough, with 30 % of each to spare:',
    markdownTable(SIZING, sizing, 0),
  ].join('\n\n');
}

function marked(units: number): string {
  const text = grouped(Math.round(units));
  return units > PARTITION_LIMIT ? `**${text}**` : text;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
