import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item, ItemKey } from '#storage/dynamodb/attributes.ts';
import {
  extentOf,
  isInherited,
  ownEntry,
  packedSection,
  readEntry,
  sizeOf,
} from '#storage/dynamodb/statements/entry-item.ts';
import { Keyspace, PACKED_INDEXES, type PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import {
  askItself,
  askItselfIfThere,
  hasBodies,
  PACK_ATTRIBUTES,
  packItems,
  packKey,
  type PackMember,
  relatedPackKey,
  timePackKey,
} from '#storage/dynamodb/statements/pack-item.ts';
import { markFilter } from '#storage/dynamodb/statements/pack-mark.ts';
import { readPack } from '#storage/dynamodb/statements/read-pack.ts';
import { PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const KEYSPACE = new Keyspace('default', 3);
const WITH_MARKS: readonly PackedIndex[] = ['actor', 'activity', 'registration'];
const VALUES = ['http://example.com/a', 'http://example.com/b', 'http://example.com/c'];

const value = fc.constantFrom(...VALUES);
const aboutActivity: fc.Arbitrary<StatementKeys> = fc
  .record({ verb: value, activity: value, relatedActivities: fc.subarray(VALUES) })
  .map((keys) => keysWith(keys));
const aboutAnother: fc.Arbitrary<StatementKeys> = fc
  .record({ verb: value, relatedActivities: fc.subarray(VALUES), target: fc.uuid() })
  .map((keys) => keysWith(keys));
const aboutAgent: fc.Arbitrary<StatementKeys> = value.map((verb) => keysWith({ verb, agents: ['agent'] }));
const anyKeys = fc.oneof(aboutActivity, aboutAnother, aboutAgent);
const anyText = fc.oneof(fc.json({ stringUnit: 'binary' }), fc.json({ stringUnit: 'grapheme' }), fc.constant(''));

function keysWith(keys: Partial<StatementKeys>): StatementKeys {
  return { verb: 'verb', agents: [], relatedAgents: [], relatedActivities: [], authorities: [], ...keys };
}

/** Statements of one section, not all of it, and the position of its first. */
const sections: fc.Arbitrary<{ readonly section: string; readonly members: readonly PackMember[] }> = fc
  .tuple(
    fc.nat({ max: 40_000 }),
    fc.array(fc.record({ keys: anyKeys, text: anyText, isIn: fc.boolean() }), {
      minLength: 1,
      maxLength: 50,
      size: 'max',
    }),
  )
  .map(([before, statements]) => {
    const source = new PositionSource(() => 1_767_322_800_000, 36 ** 7);
    source.take(before);
    const { positions } = source.take(50);
    const members = statements.flatMap(({ keys, text, isIn }, place) =>
      isIn ? [{ at: positions[place] ?? '', id: uuidOf(place), keys, text: () => text }] : [],
    );
    return { section: positions[0] ?? '', members };
  });
const indexes = fc.constantFrom(...PACKED_INDEXES);
const journals = fc.option(fc.constantFrom('journal.1', 'journal.2'), { nil: undefined });

const KEYS = keysWith({ actor: 'ann', activity: 'course', registration: 'attempt' });

const keyOf = (index: PackedIndex, section: string): ItemKey => packKey(KEYSPACE, index, KEYS, { section, shard: 2 });

function packOf(index: PackedIndex, section: string, members: readonly PackMember[], journal?: string): Item {
  const [item = {}] = packItems([{ kind: index, key: keyOf(index, section), members }], journal);
  return item;
}

function withoutBodies(item: Item): Item {
  return { ...item, z: { B: Buffer.alloc(0) } };
}

function textsOf(item: Item): readonly (string | undefined)[] {
  return readPack(item).statements.map(({ row }) => row?.packedBody?.().text);
}

describe('packs', () => {
  it('give back their statements, the journal and the texts', () => {
    const property = fc.property(sections, indexes, journals, ({ section, members }, index, journal) => {
      const { statements, leftOut } = readPack(packOf(index, section, members, journal));
      expect(
        statements.map(({ at, id, row, journal }) => ({ at, id, text: row?.packedBody?.().text, journal })),
      ).toEqual(members.map(({ at, id, text }) => ({ at, id, text: text(), journal })));
      expect(leftOut).toEqual([]);
    });
    fc.assert(property);
  });

  it('tell where verb and activity stand in the texts, where marks are', () => {
    const property = fc.property(sections, indexes, ({ section, members }, index) => {
      const saying = members.map((member) => {
        const { verb, activity } = member.keys;
        return { ...member, text: () => JSON.stringify({ verb, object: activity }) };
      });
      const { statements } = readPack(packOf(index, section, saying));
      const expected = saying.map(({ keys: { verb, activity }, text }) => {
        if (activity === undefined || !WITH_MARKS.includes(index)) return undefined;
        return { verb: text().indexOf(`"${verb}"`), activity: text().indexOf(`"${activity}"`) };
      });
      expect(statements.map(({ places }) => places)).toEqual(expected);
    });
    fc.assert(property);
  });

  it('that share statements ask for each text once', () => {
    const asked: string[] = [];
    const text = (number: string) => () => {
      asked.push(number);
      return `{"number":${number}}`;
    };
    const members = ['1', '2'].map((number) => {
      return { at: `0mhs3k2ab4fk29x0a000${number}`, id: uuidOf(Number(number)), keys: KEYS, text: text(number) };
    });
    const packs = PACKED_INDEXES.map((index) => ({ kind: index, key: keyOf(index, '0mhs3k2ab4fk29x0a0000'), members }));
    const texts = packItems(packs, undefined).map(textsOf);
    expect(texts).toEqual(packs.map(() => ['{"number":1}', '{"number":2}']));
    expect(asked).toEqual(['1', '2']);
  });

  it('give each its own bodies and marks, where they share some statements or all of them', () => {
    const property = fc.property(sections, ({ section, members }) => {
      const some = members.filter((_, place) => place % 2 === 0);
      const lists = [members, some, members, members.slice(1), some];
      const packs = lists.flatMap((list) => {
        return WITH_MARKS.map((kind) => ({ kind, key: keyOf(kind, section), members: list }));
      });
      const together = packItems(packs, undefined);
      const alone = packs.flatMap((pack) => packItems([pack], undefined));
      expect(together.map(withoutBodies)).toEqual(alone.map(withoutBodies));
      expect(together.map(textsOf)).toEqual(alone.map(textsOf));
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('lead to statements as entries do, between the first of the section and their last', () => {
    const property = fc.property(sections, indexes, ({ section, members }, index) => {
      fc.pre(members.length > 0);
      const item = packOf(index, section, members);
      expect(readEntry(item)).toEqual(members.map(({ at, id }) => ({ at, id })));
      expect(sizeOf(item)).toBe(members.length);
      expect(extentOf(item)).toEqual({ first: section, last: members.at(-1)?.at });
      expect([isInherited(item), packedSection(item)]).toEqual([false, undefined]);
    });
    fc.assert(property);
  });

  it('have only attributes that are read', () => {
    const property = fc.property(sections, indexes, journals, ({ section, members }, index, journal) => {
      expect(PACK_ATTRIBUTES).toEqual(expect.arrayContaining(Object.keys(packOf(index, section, members, journal))));
    });
    fc.assert(property);
    // As `askItself` adds it.
    expect(PACK_ATTRIBUTES).toContain('c');
    // As older packs have it.
    expect(PACK_ATTRIBUTES).toContain('f');
  });

  it('by time are found by their section alone', () => {
    const property = fc.property(sections, ({ section }) => {
      const place = { section, shard: 2 };
      expect(timePackKey(KEYSPACE, place)).toEqual(packKey(KEYSPACE, 'time', KEYS, place));
    });
    fc.assert(property);
  });

  it('are not unpacked before a text is asked for', () => {
    const members = [{ at: '0mhs3k2ab4fk29x0a0003', id: uuidOf(1), keys: KEYS, text: () => '{}' }];
    const broken = { ...packOf('time', '0mhs3k2ab4fk29x0a0000', members), z: { B: Buffer.of(1, 0, 0, 0, 9, 255) } };
    const { statements } = readPack(broken);
    expect(statements.map(({ id }) => id)).toEqual([uuidOf(1)]);
    expect(() => statements[0]?.row?.packedBody?.()).toThrow(/invalid|unexpected/u);
  });

  it('have no text of those that somebody has set out to void', () => {
    const some = fc.array(fc.boolean(), { minLength: 50, maxLength: 50 });
    const property = fc.property(sections, indexes, some, ({ section, members }, index, voided) => {
      const key = keyOf(index, section);
      const pack = packOf(index, section, members);
      const toVoid = members.filter((_, place) => voided[place] === true);
      const update = askItself(
        key,
        toVoid.map(({ at }) => at),
      );
      expect(update).toMatchObject({ key, expression: 'ADD c :counters' });
      expect(update.condition).toBeUndefined();
      const counters = update.values[':counters']?.NS ?? [];
      expect(new Set(counters).size).toBe(toVoid.length);
      const { statements } = readPack(counters.length === 0 ? pack : { ...pack, c: { NS: counters } });
      expect(statements.map(({ at, row }) => ({ at, text: row?.packedBody?.().text }))).toEqual(
        members.map(({ at, text }, place) => ({ at, text: voided[place] === true ? undefined : text() })),
      );
    });
    fc.assert(property);
  });
});

describe('packs of related activities', () => {
  const place = { section: '0mhs3k2ab4fk29x0a0000', shard: 0 };
  const key = relatedPackKey(KEYSPACE, 'course', place);

  it('stand among the entries of the activity, and are told from them by their bodies', () => {
    const members = [{ at: place.section, id: uuidOf(1), keys: KEYS, text: () => '{}' }] as const;
    const [pack = {}] = packItems([{ kind: 'related-activity', key, members }], undefined);
    expect(KEYSPACE.entryPartitions('related-activity', 'course')).toContain(pack['pk']?.S);
    expect(hasBodies(pack)).toBe(true);
    expect(pack['g']).toBeUndefined();
    expect(hasBodies(ownEntry(key.pk, members, place))).toBe(false);
  });

  it('are told of what is to be voided only where they are', () => {
    expect(askItselfIfThere(key, [place.section])).toEqual({
      ...askItself(key, [place.section]),
      condition: 'attribute_exists(z)',
    });
  });
});

describe('what is left out of packs', () => {
  const filters: fc.Arbitrary<KeyFilters> = fc.record(
    { verb: value, activity: value, relatedActivities: fc.boolean() },
    { requiredKeys: [] },
  );

  it('does not meet the filter, whatever a statement refers to', () => {
    const property = fc.property(sections, indexes, filters, anyKeys, ({ section, members }, index, wanted, target) => {
      const { statements, leftOut, at: positionOf } = readPack(packOf(index, section, members), markFilter(wanted));
      const left = new Set(leftOut.map(positionOf));
      const meeting = members.filter(({ keys }) => {
        return matchesFilters(keys.target === undefined ? [keys] : [keys, target], wanted);
      });
      expect(meeting.filter(({ at }) => left.has(at))).toEqual([]);
      const all = [...statements.map(({ at }) => at), ...left];
      expect(all.toSorted()).toEqual(members.map(({ at }) => at));
      expect(leftOut).toEqual(leftOut.toSorted((one, other) => one - other));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('is all that is about an activity and has another verb, or is about another one', () => {
    const marked = fc.constantFrom(...WITH_MARKS);
    const property = fc.property(sections, marked, filters, ({ section, members }, index, wanted) => {
      const expected = members.filter(({ keys: { verb, activity } }) => {
        if (activity === undefined) return false;
        const isOther = wanted.activity !== undefined && activity !== wanted.activity;
        return (wanted.verb !== undefined && verb !== wanted.verb) || (isOther && wanted.relatedActivities !== true);
      });
      const { leftOut, at: positionOf } = readPack(packOf(index, section, members), markFilter(wanted));
      expect(leftOut.map(positionOf)).toEqual(expected.map(({ at }) => at));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('is the same of older packs, which have hashes only and tell no places', () => {
    const marked = fc.constantFrom(...WITH_MARKS);
    const property = fc.property(sections, marked, filters, ({ section, members }, index, wanted) => {
      const { g, ...item } = packOf(index, section, members);
      const hashes = members.flatMap((_, place) => [...(g?.B?.subarray(place * 8, place * 8 + 4) ?? [])]);
      const older = readPack({ ...item, f: { B: Buffer.from(hashes) } }, markFilter(wanted));
      expect(older.leftOut).toEqual(readPack({ ...item, ...(g && { g }) }, markFilter(wanted)).leftOut);
      expect(older.statements.every(({ places }) => places === undefined)).toBe(true);
    });
    fc.assert(property);
  });

  it.each([{}, { registration: 'a', agent: 'b' }, { activity: 'a', relatedActivities: true }])(
    'is nothing for %j',
    (wanted) => {
      expect(markFilter(wanted)).toBeUndefined();
    },
  );

  it.each(['verb', 'time'] as const)('is nothing where a pack by %s tells nothing', (index) => {
    const property = fc.property(sections, filters, ({ section, members }, wanted) => {
      const item = packOf(index, section, members);
      expect(item['g']).toBeUndefined();
      expect(readPack(item, markFilter(wanted)).leftOut).toEqual([]);
    });
    fc.assert(property);
  });
});
