import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { Keyspace, PACKED_INDEXES, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { packKey } from '#storage/dynamodb/statements/pack-item.ts';
import {
  LEAST_SHARED,
  PACKED_TEXT_LIMIT,
  SECTION_ITEMS,
  SMALL_PART,
  withPlaces,
} from '#storage/dynamodb/statements/places.ts';
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

function packedRelatedOf(...contents: readonly Content[]): readonly (readonly string[])[] {
  return placed(contents).map(({ packedRelated }) => packedRelated);
}

/** The packs of related activities, by section and activity. */
function packNames(statements: ReturnType<typeof placed>): readonly string[] {
  const names = statements.flatMap(({ section, packedRelated }) => packedRelated.map((one) => `${section} ${one}`));
  return [...new Set(names)];
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

  it('are found in an index of the statement, by an entry or by a pack, never by two of them', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      const entered = new Set(
        entriesOf(KEYSPACE, chosen).flatMap((item) => readEntry(item).map(({ id }) => `${item['pk']?.S} ${id}`)),
      );
      for (const { keys, indexed, packedRelated, at, id } of chosen) {
        expect(indexed.length).toBeLessThanOrEqual(RELATED_INDEXES.length);
        for (const activity of keys.relatedActivities) {
          const partition = KEYSPACE.entryPartition('related-activity', activity, at);
          const ways = [
            indexed.includes(activity),
            packedRelated.includes(activity),
            entered.has(`${partition} ${id}`),
          ];
          expect(ways.filter(Boolean)).toHaveLength(1);
        }
      }
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('take as many index rows, packs and entries together as there would be entries', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      const alone = entriesOf(
        KEYSPACE,
        chosen.map((statement) => ({ ...statement, indexed: [], packedRelated: [] })),
      );
      const rows = chosen.flatMap(({ indexed }) => indexed);
      expect(rows.length + packNames(chosen).length + entriesOf(KEYSPACE, chosen).length).toBe(alone.length);
    });
    fc.assert(property, { numRuns: 50 });
  });
});

describe('packs of related activities', () => {
  /** So many statements that share a related activity, in a section with others. */
  const sharing = (count: number, others = 0) => [
    ...Array.from({ length: count }, () => contentWith({ relatedActivities: ['a'] })),
    ...Array.from({ length: others }, () => contentWith()),
  ];

  it.each([
    [3, 47, false],
    [LEAST_SHARED, 46, true],
    [LEAST_SHARED, 8, true],
    [LEAST_SHARED, 7, false],
    [10, 0, false],
    [16, 34, true],
    [17, 33, false],
  ])('have what few statements of a section share: %i beside %i', (count, others, isPacked) => {
    const expected = Array.from({ length: count }, () => (isPacked ? ['a'] : []));
    expect(packedRelatedOf(...sharing(count, others)).slice(0, count)).toEqual(expected);
  });

  it('have it for each section alone', () => {
    const array = [...sharing(3, 47), ...sharing(5, 10)];
    expect(packedRelatedOf(...array).map((packed) => packed.length)).toEqual([
      ...Array.from({ length: 50 }, () => 0),
      ...Array.from({ length: 5 }, () => 1),
      ...Array.from({ length: 10 }, () => 0),
    ]);
  });

  it.each([
    ['body', contentWith({ relatedActivities: ['a', 'b'] }, LARGE)],
    ['text', contentWith({ relatedActivities: ['a', 'b'] }, 1, PACKED_TEXT_LIMIT + 1)],
  ])('have nothing that is shared by one with a large %s', (_, large) => {
    const some = Array.from({ length: 5 }, () => contentWith({ relatedActivities: ['a', 'c'] }));
    const others = sharing(0, 20);
    const expected = [...some.map(() => ['c']), ...others.map(() => [])];
    expect(packedRelatedOf(large, ...some, ...others)).toEqual([[], ...expected]);
    expect(packedRelatedOf(...some, ...others, large)).toEqual([...expected, []]);
  });

  it('are as many as there is room for beside the statements and their packs, the first first', () => {
    const relatedActivities = Array.from({ length: 100 }, (_, number) => `related-${number}`);
    const array = [
      ...Array.from({ length: 10 }, () => contentWith({ relatedActivities })),
      ...Array.from({ length: 40 }, () => contentWith({ actor: 'ann' })),
    ];
    const chosen = placed(array);
    // By actor, verb and time.
    const room = SECTION_ITEMS - 50 - 3;
    expect(packNames(chosen)).toHaveLength(room);
    for (const { packedRelated, keys } of chosen) {
      expect(packedRelated).toEqual(keys.relatedActivities.slice(0, room));
    }
    expect(placed(array).map(({ packedRelated }) => packedRelated)).toEqual(
      chosen.map(({ packedRelated }) => packedRelated),
    );
  });

  it('have, in each section, exactly what a few of its statements share, all of them small', () => {
    const property = fc.property(arrays, (array) => {
      const chosen = placed(array);
      for (const [place, { packed, packedRelated, keys }] of chosen.entries()) {
        const first = place - (place % 50);
        const section = chosen.slice(first, first + 50);
        const few = keys.relatedActivities.filter((activity) => {
          const all = section.filter((other) => other.keys.relatedActivities.includes(activity));
          const areSmall = all.every((other) => other.body.length <= INDEXED_BODY_LIMIT);
          return areSmall && all.length >= LEAST_SHARED && all.length <= section.length * SMALL_PART;
        });
        expect(packedRelated).toEqual(few);
        expect(few.length === 0 || packed.includes('time')).toBe(true);
      }
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
      const relatedActivities = [`related-${group}`];
      return contentWith({ actor: group, verb: group, activity: group, registration: group, relatedActivities });
    });
    // Nor is there room left for packs of what they are related to.
    expect(packNames(placed(groupsOfFour))).toEqual([]);
    const packs = placed(groupsOfFour).flatMap((statement) =>
      statement.packed.map((index) => {
        return packKey(KEYSPACE, index, statement.keys, { section: statement.section, shard: 0 }).pk;
      }),
    );
    expect(new Set(packs).size).toBe(4 * 12 + 1);
    expect(groupsOfFour.length + new Set(packs).size).toBeLessThanOrEqual(ACTION_LIMIT);
  });
});
