import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { Keyspace, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { withIndexedRelated } from '#storage/dynamodb/statements/related-activities.ts';
import { PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const KEYSPACE = new Keyspace('default', 3);

function keysWith(relatedActivities: readonly string[]): { readonly keys: StatementKeys } {
  return { keys: { verb: 'verb', agents: [], relatedAgents: [], relatedActivities, authorities: [] } };
}

/** Statements as they stand next to each other in an array. */
function arrayOf(related: readonly (readonly string[])[]) {
  const { positions } = new PositionSource(() => 1_000, 5).take(related.length);
  return related.map((activities, index) => ({
    ...keysWith(activities),
    at: positions[index] ?? '',
    id: uuidOf(index),
  }));
}

function indexedOf(...array: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return withIndexedRelated(array.map(keysWith)).map(({ indexed }) => indexed);
}

const arrays = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 6 }), {
  maxLength: 6,
});

describe('related activities', () => {
  it('of a statement alone are found in indexes, as many as there are', () => {
    expect(indexedOf(['a', 'b'])).toEqual([['a', 'b']]);
    expect(indexedOf(['a', 'b', 'c', 'd', 'e'])).toEqual([['a', 'b', 'c']]);
  });

  it('that statements of an array share are not, and leave their place to others', () => {
    expect(indexedOf(['a', 'b', 'c', 'd'], ['a', 'e'], [])).toEqual([['b', 'c', 'd'], ['e'], []]);
  });

  it('are found in an index of the statement or by an entry, never by both', () => {
    const property = fc.property(arrays, (related) => {
      const chosen = withIndexedRelated(arrayOf(related));
      const partitions = new Set(entriesOf(KEYSPACE, chosen).map(({ pk }) => pk?.S));
      for (const { keys, indexed, at } of chosen) {
        expect(indexed.length).toBeLessThanOrEqual(RELATED_INDEXES.length);
        for (const activity of keys.relatedActivities) {
          const partition = KEYSPACE.entryPartition('related-activity', activity, at);
          expect(partitions.has(partition)).toBe(!indexed.includes(activity));
        }
      }
    });
    fc.assert(property);
  });

  it('take as many index rows and entries together as there would be entries', () => {
    const property = fc.property(arrays, (related) => {
      const array = arrayOf(related);
      const alone = entriesOf(
        KEYSPACE,
        array.map((statement) => ({ ...statement, indexed: [] })),
      );
      const chosen = withIndexedRelated(array);
      const rows = chosen.flatMap(({ indexed }) => indexed);
      expect(rows.length + entriesOf(KEYSPACE, chosen).length).toBe(alone.length);
    });
    fc.assert(property);
  });
});
