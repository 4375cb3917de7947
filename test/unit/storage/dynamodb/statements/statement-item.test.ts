import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INDEX_ATTRIBUTES, Keyspace, PACKED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { readStatementItem, statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import { positionIn, PositionSource, blockOf, counterOf } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const KEYSPACE = new Keyspace('default', 3);
const KEYS: StatementKeys = {
  actor: 'ann',
  verb: 'verb',
  activity: 'course',
  registration: 'attempt',
  agents: [],
  relatedAgents: [],
  relatedActivities: [],
  authorities: [],
};

const records = fc
  .record({
    before: fc.nat({ max: 40_000 }),
    place: fc.nat({ max: 49 }),
    packed: fc.subarray([...PACKED_INDEXES]),
    packedRelated: fc.subarray(['module', 'program']),
  })
  .map(({ before, place, ...packs }) => {
    const source = new PositionSource(() => 1_767_322_800_000, 36 ** 7);
    source.take(before);
    const [section = ''] = source.take(1).positions;
    const at = positionIn(blockOf(section), counterOf(section) + place);
    return { id: uuidOf(place), at, section, ...packs, keys: KEYS, indexed: [], body: { inline: new Uint8Array(1) } };
  });

describe('statement items', () => {
  it('have an index key for everything that no pack has in their place', () => {
    const property = fc.property(records, (record) => {
      const item = statementItem(KEYSPACE, record);
      for (const index of PACKED_INDEXES) {
        expect(item[INDEX_ATTRIBUTES[index]] === undefined).toBe(record.packed.includes(index));
      }
    });
    fc.assert(property);
  });

  it('tell which packs have them, and where these begin', () => {
    const property = fc.property(records, (record) => {
      const { packed, section } = record;
      const { packs } = readStatementItem(statementItem(KEYSPACE, record));
      expect(packs).toEqual(packed.length === 0 ? undefined : { section, packed, shard: KEYSPACE.packShard(section) });
    });
    fc.assert(property);
  });

  it('tell of no packs and have no index key when they are voided as they are stored', () => {
    const property = fc.property(records, fc.constantFrom('voidedBy', 'voidedInArrayBy'), (record, how) => {
      const item = statementItem(KEYSPACE, { ...record, [how]: uuidOf(99) });
      expect(readStatementItem(item)).toMatchObject({ packs: undefined, voidedBy: uuidOf(99) });
      for (const attribute of Object.values(INDEX_ATTRIBUTES)) expect(item).not.toHaveProperty(attribute);
    });
    fc.assert(property);
  });
});
