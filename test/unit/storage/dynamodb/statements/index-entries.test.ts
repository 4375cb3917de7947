import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedSection, readEntry, sizeOf } from '#storage/dynamodb/statements/entry-item.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { withPlaces } from '#storage/dynamodb/statements/places.ts';
import { endOfSection } from '#storage/dynamodb/statements/section.ts';
import { PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';

const KEYSPACE = new Keyspace('default', 3);
const LARGE = new Uint8Array(701);
const SMALL = new Uint8Array(1);

/** Arrays of several sections, a few of whose statements are too large for packs. */
const arrays = fc
  .array(
    fc.record({
      agents: fc.subarray(['ann', 'bob', 'cid']),
      relatedAgents: fc.subarray(['dan', 'eve']),
      target: fc.option(fc.constantFrom(uuidOf(901), uuidOf(902)), { nil: undefined }),
      size: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 130, size: 'max' },
  )
  .map((statements) => {
    const { positions } = new PositionSource(() => 1_000, 5).take(statements.length);
    return withPlaces(
      statements.map(({ agents, relatedAgents, target, size }, place) => ({
        at: positions[place] ?? '',
        id: uuidOf(place),
        length: 0,
        body: size === 0 ? LARGE : SMALL,
        keys: {
          verb: 'verb',
          agents,
          relatedAgents,
          relatedActivities: [],
          authorities: [],
          ...(target !== undefined && { target }),
        },
      })),
    );
  });

const placeOf = (section: string) => ({ section, shard: KEYSPACE.packShard(section) });

describe('entries of an array', () => {
  it('lead to every statement once for each of its values', () => {
    const property = fc.property(arrays, (array) => {
      const entered = entriesOf(KEYSPACE, array).flatMap((item) =>
        readEntry(item).map(({ at, id }) => `${item['pk']?.S} ${at} ${id}`),
      );
      const expected = array.flatMap(({ at, id, keys }) =>
        [
          ...keys.agents.map((agent) => KEYSPACE.entryPartition('agent', agent, at)),
          ...keys.relatedAgents.map((agent) => KEYSPACE.entryPartition('related-agent', agent, at)),
          ...(keys.target === undefined ? [] : [KEYSPACE.entryPartition('ref', keys.target, at)]),
        ].map((partition) => `${partition} ${at} ${id}`),
      );
      expect(entered.toSorted()).toEqual(expected.toSorted());
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('stay within a section each, so that no reader looks for more than may be there', () => {
    const property = fc.property(arrays, (array) => {
      const sections = new Map(array.map(({ id, section }) => [id, section]));
      const items = entriesOf(KEYSPACE, array);
      for (const item of items) {
        const pointers = readEntry(item);
        expect(new Set(pointers.map(({ id }) => sections.get(id))).size).toBe(1);
        const reach = endOfSection(item['sk']?.S ?? '');
        for (const { at } of pointers) expect(at <= reach).toBe(true);
      }
      expect(new Set(items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`)).size).toBe(items.length);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('name the section where at least four share one, and the pack by time has all of them', () => {
    const property = fc.property(arrays, (array) => {
      const statements = new Map(array.map((statement) => [statement.id, statement]));
      for (const item of entriesOf(KEYSPACE, array)) {
        const sharing = readEntry(item).flatMap(({ id }) => statements.get(id) ?? []);
        const isNamed = sizeOf(item) >= 4 && sharing.every(({ packed }) => packed.includes('time'));
        expect(packedSection(item)).toEqual(isNamed ? placeOf(sharing[0]?.section ?? '') : undefined);
      }
    });
    fc.assert(property, { numRuns: 50 });
  });
});
