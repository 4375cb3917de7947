import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EntryKind,
  INDEX_ATTRIBUTES,
  type IndexName,
  Keyspace,
  PACKED_INDEXES,
} from '#storage/dynamodb/statements/keyspace.ts';
import { sectionsOf } from '#storage/dynamodb/statements/section.ts';
import { blockOf, PositionSource } from '#storage/position.ts';

const INDEXES: readonly IndexName[] = [
  'actor',
  'verb',
  'activity',
  'time',
  'registration',
  'related-activity-1',
  'related-activity-2',
  'related-activity-3',
];
const KINDS: readonly EntryKind[] = [
  'agent',
  'related-agent',
  'verb',
  'activity',
  'related-activity',
  'registration',
  'ref',
];

const positions = fc
  .tuple(fc.integer({ min: 0, max: 36 ** 9 - 1 }), fc.integer({ min: 0, max: 36 ** 8 - 1 }))
  .map(([time, writer]) => new PositionSource(() => time, writer).take(5).positions);
const shards = fc.integer({ min: 1, max: 9 });
const text = fc.string({ unit: fc.constantFrom('|', '%', 'a', '0', '1') });

describe('Keyspace', () => {
  it('names the key attribute of every index', () => {
    expect(Object.keys(INDEX_ATTRIBUTES)).toEqual(INDEXES);
  });

  it('reads everywhere it writes', () => {
    const property = fc.property(positions, shards, text, (array, count, value) => {
      const keyspace = new Keyspace('store', count);
      for (const position of array) {
        for (const index of INDEXES) {
          expect(keyspace.indexPartitions(index, value)).toContain(keyspace.indexPartition(index, value, position));
        }
        for (const kind of KINDS) {
          expect(keyspace.entryPartitions(kind, value)).toContain(keyspace.entryPartition(kind, value, position));
        }
        for (const index of PACKED_INDEXES) {
          expect(keyspace.packPartitions(index, value)).toContain(
            keyspace.packPartition(index, value, keyspace.packShard(position)),
          );
        }
      }
    });
    fc.assert(property);
  });

  it('goes on reading what was written with fewer shards', () => {
    const property = fc.property(positions, shards, shards, text, ([position = ''], few, more, value) => {
      const [before, after] = [new Keyspace('store', few), new Keyspace('store', few + more)];
      for (const index of INDEXES) {
        expect(after.indexPartitions(index, value)).toContain(before.indexPartition(index, value, position));
      }
      for (const kind of KINDS) {
        expect(after.entryPartitions(kind, value)).toContain(before.entryPartition(kind, value, position));
      }
      for (const index of PACKED_INDEXES) {
        expect(after.packPartitions(index, value)).toContain(
          before.packPartition(index, value, before.packShard(position)),
        );
      }
    });
    fc.assert(property);
  });

  it('keeps the entries of an array that share a value together', () => {
    const property = fc.property(positions, shards, text, (array, count, value) => {
      const keyspace = new Keyspace('store', count);
      for (const kind of KINDS) {
        expect(new Set(array.map((position) => keyspace.entryPartition(kind, value, position))).size).toBe(1);
      }
    });
    fc.assert(property);
  });

  it('spreads the index rows of one array over the shards', () => {
    const { positions: array } = new PositionSource(() => 1_000, 5).take(1_000);
    const keyspace = new Keyspace('store', 4);
    const counts = new Map<string, number>();
    for (const position of array) {
      const partition = keyspace.indexPartition('time', '', position);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(keyspace.indexPartitions('time', ''));
    expect(Math.min(...counts.values())).toBeGreaterThan(150);
  });

  it.each(['verb', 'activity', 'time'] as const)('spreads the packs by %s of one array over the shards', (index) => {
    const keyspace = new Keyspace('store', 4);
    const value = index === 'time' ? '' : 'value';
    const counts = new Map<string, number>();
    for (const [section = ''] of sectionsOf(new PositionSource(() => 1_000, 5).take(10_000).positions)) {
      const partition = keyspace.packPartition(index, value, keyspace.packShard(section));
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(keyspace.packPartitions(index, value));
    expect(Math.min(...counts.values())).toBeGreaterThan(30);
  });

  it('has packs of related activities among their entries, however often the number of shards was raised since', () => {
    const property = fc.property(text, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 40 }), (value, before, more) => {
      const [section = ''] = new PositionSource(() => 1_000, 5).take(1).positions;
      const shard = new Keyspace('store', before).packShard(section);
      const keyspace = new Keyspace('store', before + more);
      const partition = keyspace.relatedPackPartition(value, shard);
      expect(keyspace.entryPartitions('related-activity', value)).toContain(partition);
    });
    fc.assert(property);
  });

  it('spreads the packs of a related activity as the other packs', () => {
    const keyspace = new Keyspace('store', 16);
    const partitions = [0, 1, 2, 3].map((shard) => keyspace.relatedPackPartition('value', shard));
    expect(partitions).toEqual(keyspace.entryPartitions('related-activity', 'value').slice(0, 4));
  });

  it.each(['actor', 'registration'] as const)('has the packs by %s in one partition', (index) => {
    expect(new Keyspace('store', 4).packPartitions(index, 'value')).toHaveLength(1);
  });

  it('has no two names for different things', () => {
    const [position = ''] = new PositionSource(() => 1_000, 5).take(1).positions;
    const partitionsOf = (store: string, value: string): readonly string[] => {
      const keyspace = new Keyspace(store, 2);
      return [
        keyspace.statement(value),
        keyspace.journal(value),
        keyspace.authority(value),
        ...KINDS.map((kind) => keyspace.entryPartition(kind, value, position)),
        ...PACKED_INDEXES.map((index) => keyspace.packPartition(index, value, keyspace.packShard(position))),
      ];
    };
    const property = fc.property(text, text, text, text, (store, value, otherStore, otherValue) => {
      fc.pre(store !== otherStore || value !== otherValue);
      const names = [...partitionsOf(store, value), ...partitionsOf(otherStore, otherValue)];
      expect(new Set(names).size).toBe(names.length);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('gives each store and value an index partition of its own', () => {
    const [position = ''] = new PositionSource(() => 1_000, 5).take(1).positions;
    const property = fc.property(text, text, text, text, (store, value, otherStore, otherValue) => {
      fc.pre(store !== otherStore || value !== otherValue);
      for (const index of INDEXES) {
        const one = new Keyspace(store, 3).indexPartition(index, value, position);
        expect(new Keyspace(otherStore, 3).indexPartitions(index, otherValue)).not.toContain(one);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe('block of an array', () => {
  it('decides the shard of its entries alone', () => {
    const { positions: array } = new PositionSource(() => 1_000, 5).take(3);
    expect(new Set(array.map(blockOf)).size).toBe(1);
  });
});
