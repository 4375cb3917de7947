import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { Keyspace, PACKED_INDEXES, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { packKey } from '#storage/dynamodb/statements/pack-item.ts';
import { PACKED_TEXT_LIMIT, withPlaces } from '#storage/dynamodb/statements/places.ts';
import { INDEXED_BODY_LIMIT } from '#storage/dynamodb/statements/index-row.ts';
import { PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const KEYSPACE = new Keyspace('default', 3);
/** DynamoDB: writes of one transaction. */
const ACTION_LIMIT = 100;
const SMALL = INDEXED_BODY_LIMIT;
const LARGE = INDEXED_BODY_LIMIT + 1;

interface Content {
  readonly keys: StatementKeys;
  readonly length: number;
  readonly body: Uint8Array;
}

function contentWith(keys: Partial<StatementKeys> = {}, bytes = SMALL, characters = PACKED_TEXT_LIMIT): Content {
  return {
    keys: { verb: 'verb', agents: [], relatedAgents: [], relatedActivities: [], authorities: [], ...keys },
    length: characters,
    body: new Uint8Array(bytes),
  };
}

/** Statements as they stand next to each other in an array. */
function arrayOf(contents: readonly Content[]) {
  const source = new PositionSource(() => 1_000, 5);
  source.take(30);
  const { positions } = source.take(contents.length);
  return contents.map((content, index) => ({ ...content, at: positions[index] ?? '', id: uuidOf(index) }));
}

function placed(contents: readonly Content[]) {
  return withPlaces(arrayOf(contents));
}

function indexedOf(...related: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return placed(related.map((relatedActivities) => contentWith({ relatedActivities }))).map(({ indexed }) => indexed);
}

function packedOf(...contents: readonly Content[]): readonly (readonly string[])[] {
  return placed(contents).map(({ packed }) => packed);
}

/** Different values, and so many that some are shared by fewer than four of a section. */
const value = (name: string) => fc.integer({ min: 0, max: 15 }).map((number) => `${name}-${number}`);
const maybe = (name: string) => fc.option(value(name), { nil: undefined });
const contents: fc.Arbitrary<Content> = fc
  .record({
    actor: maybe('actor'),
    verb: value('verb'),
    activity: maybe('activity'),
    registration: maybe('registration'),
    relatedActivities: fc.uniqueArray(value('related'), { maxLength: 6 }),
    bytes: fc.constantFrom(SMALL, 1, LARGE),
  })
  .map(({ actor, activity, registration, bytes, ...keys }) =>
    contentWith(
      {
        ...keys,
        ...(actor !== undefined && { actor }),
        ...(activity !== undefined && { activity }),
        ...(registration !== undefined && { registration }),
      },
      bytes,
    ),
  );
const arrays = fc.array(contents, { maxLength: 130, size: 'max' });

describe('related activities', () => {
  it('of a statement alone are found in indexes, as many as there are', () => {
    expect(indexedOf(['a', 'b'])).toEqual([['a', 'b']]);
    expect(indexedOf(['a', 'b', 'c', 'd', 'e'])).toEqual([['a', 'b', 'c']]);
  });

  it('that statements of a section share are not, and leave their place to others', () => {
    expect(indexedOf(['a', 'b', 'c', 'd'], ['a', 'e'], [])).toEqual([['b', 'c', 'd'], ['e'], []]);
  });

  it('that statements of different sections share are', () => {
    const between = Array.from({ length: 49 }, () => []);
    expect(indexedOf(['a'], ...between, ['a'])).toEqual([['a'], ...between, ['a']]);
  });

  it('are found in an index of the statement or by an entry, never by both', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      const entered = new Set(
        entriesOf(KEYSPACE, chosen).flatMap((item) => readEntry(item).map(({ id }) => `${item['pk']?.S} ${id}`)),
      );
      for (const { keys, indexed, at, id } of chosen) {
        expect(indexed.length).toBeLessThanOrEqual(RELATED_INDEXES.length);
        for (const activity of keys.relatedActivities) {
          const partition = KEYSPACE.entryPartition('related-activity', activity, at);
          expect(entered.has(`${partition} ${id}`)).toBe(!indexed.includes(activity));
        }
      }
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('take as many index rows and entries together as there would be entries', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      const alone = entriesOf(
        KEYSPACE,
        chosen.map((statement) => ({ ...statement, indexed: [] })),
      );
      const rows = chosen.flatMap(({ indexed }) => indexed);
      expect(rows.length + entriesOf(KEYSPACE, chosen).length).toBe(alone.length);
    });
    fc.assert(property, { numRuns: 50 });
  });
});

describe('packs', () => {
  const same = contentWith({ actor: 'ann', activity: 'course', registration: 'attempt' });

  it('have what four statements share', () => {
    expect(packedOf(same, same, same, same)).toEqual(Array.from({ length: 4 }, () => PACKED_INDEXES));
    const others = [1, 2, 3, 4].map((number) => contentWith({ actor: `actor-${number}`, verb: `verb-${number}` }));
    expect(packedOf(...others)).toEqual(others.map(() => ['time']));
  });

  it('have nothing of fewer', () => {
    expect(packedOf(same, same, same)).toEqual([[], [], []]);
  });

  it('have no body that no row would carry, nor is it counted', () => {
    const large = contentWith(same.keys, LARGE);
    expect(packedOf(same, same, large, same)).toEqual([[], [], [], []]);
    expect(packedOf(same, same, large, same, same)[2]).toEqual([]);
  });

  it('do not take in what different values of different indexes have in common', () => {
    const array = [1, 2, 3, 4].map((number) => contentWith(number < 3 ? { actor: 'a' } : { registration: 'a' }));
    expect(packedOf(...array)).toEqual(array.map(() => ['verb', 'time']));
  });

  it('have, in each section, exactly what at least four of its small statements share', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      for (const [place, { packed, keys, body }] of chosen.entries()) {
        const first = place - (place % 50);
        const small = chosen.slice(first, first + 50).filter((other) => other.body.length <= INDEXED_BODY_LIMIT);
        const isPacked = {
          actor: keys.actor !== undefined && small.filter((other) => other.keys.actor === keys.actor).length >= 4,
          verb: small.filter((other) => other.keys.verb === keys.verb).length >= 4,
          activity:
            keys.activity !== undefined && small.filter((other) => other.keys.activity === keys.activity).length >= 4,
          time: small.length >= 4,
          registration:
            keys.registration !== undefined &&
            small.filter((other) => other.keys.registration === keys.registration).length >= 4,
        };
        const isSmall = body.length <= INDEXED_BODY_LIMIT;
        expect(packed).toEqual(PACKED_INDEXES.filter((index) => isSmall && isPacked[index]));
      }
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('name the first statement of their section, whether or not that is in one', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      expect(chosen.map(({ id }) => id)).toEqual(array.map((_, place) => uuidOf(place)));
      for (const [place, { section }] of chosen.entries()) expect(section).toBe(chosen[place - (place % 50)]?.at);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('have no text that a few bytes stand for', () => {
    const [long, ...others] = packedOf(
      contentWith({}, 1, PACKED_TEXT_LIMIT + 1),
      ...Array.from({ length: 4 }, () => contentWith()),
    );
    expect(long).toEqual([]);
    expect(others).toEqual(Array.from({ length: 4 }, () => ['verb', 'time']));
    const few = [contentWith({}, 1, PACKED_TEXT_LIMIT + 1), contentWith(), contentWith(), contentWith()];
    expect(packedOf(...few)).toEqual([[], [], [], []]);
  });

  it('of a section fit one transaction together with its statements, be they as many as possible', () => {
    const groupsOfFour = Array.from({ length: 50 }, (_, place) => {
      const group = String(Math.floor(place / 4));
      return contentWith({ actor: group, verb: group, activity: group, registration: group });
    });
    const packs = placed(groupsOfFour).flatMap((statement) =>
      statement.packed.map((index) => {
        return packKey(KEYSPACE, index, statement.keys, { section: statement.section, shard: 0 }).pk;
      }),
    );
    expect(new Set(packs).size).toBe(4 * 12 + 1);
    expect(groupsOfFour.length + new Set(packs).size).toBeLessThanOrEqual(ACTION_LIMIT);
  });
});
