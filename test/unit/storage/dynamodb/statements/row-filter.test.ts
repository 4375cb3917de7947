import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { INDEX_ATTRIBUTES, Keyspace, PACKED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { type RowFilter, rowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import { PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

const keyspace = new Keyspace('default', 4);
const verb = 'http://example.com/passed';
const activity = 'http://example.com/course';
const prefix = (value: string) => ({ S: `default|${value}` });

/** Whether DynamoDB would send this row. */
function letsThrough({ expression, values }: RowFilter, row: Item): boolean {
  const holds = (condition: string): boolean => {
    const [, name = '', attribute = '', value = ''] = /^\(?(\w+)\((\w+)(?:, (:\w+))?\)\)?$/u.exec(condition) ?? [];
    if (name === 'attribute_not_exists') return row[attribute] === undefined;
    expect(name).toBe('begins_with');
    return row[attribute]?.S?.startsWith(values[value]?.S ?? '?') === true;
  };
  return expression.split(' OR ').some((terms) => terms.split(' AND ').every(holds));
}

const keysWith = (keys: Partial<StatementKeys> & Pick<StatementKeys, 'verb'>): StatementKeys => ({
  actor: 'ann',
  agents: [],
  relatedAgents: [],
  relatedActivities: [],
  authorities: [],
  ...keys,
});

const value = fc.constantFrom('http://example.com/a', 'http://example.com/b');
const aboutActivity = fc.record({ verb: value, activity: value }).map(keysWith);
const anyKeys = fc.oneof(aboutActivity, fc.record({ verb: value, target: fc.constant(uuidOf(1)) }).map(keysWith));
const filters: fc.Arbitrary<KeyFilters> = fc.record(
  { verb: value, activity: value, relatedActivities: fc.boolean() },
  { requiredKeys: [] },
);
const [at = ''] = new PositionSource(() => 1_000, 5).take(1).positions;

/** A row of an index in the place of which no pack has the statement. */
function rowOf(keys: StatementKeys, packed: readonly (typeof PACKED_INDEXES)[number][]): Item {
  const record = {
    id: uuidOf(2),
    at,
    section: at,
    indexed: [],
    packedRelated: [],
    body: { inline: new Uint8Array(1) },
  };
  return statementItem(keyspace, { ...record, keys, packed });
}

describe('the filter of rows', () => {
  /** What rows are left to be filtered by: those of an index have what it is by. */
  const requests = fc.oneof(
    fc.record({ index: fc.constant('actor' as const), wanted: filters }),
    fc.record({
      index: fc.constant('activity' as const),
      wanted: fc.record({ verb: value, relatedActivities: fc.boolean() }, { requiredKeys: [] }),
    }),
  );

  it('lets through what meets the filter, whatever it refers to and whichever packs have it', () => {
    const some = fc.subarray([...PACKED_INDEXES]);
    const property = fc.property(requests, anyKeys, anyKeys, some, ({ index, wanted }, keys, target, packs) => {
      const filter = rowFilter(keyspace, index, wanted);
      const row = rowOf(
        keys,
        packs.filter((pack) => pack !== index),
      );
      const isInIndex = row[INDEX_ATTRIBUTES[index]] !== undefined;
      const chain = keys.target === undefined ? [keys] : [keys, target];
      fc.pre(filter !== undefined && isInIndex && matchesFilters(chain, wanted));
      expect(letsThrough(filter, row)).toBe(true);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('lets through what has packs by verb or activity, as nothing can be told of it', () => {
    const packs = fc.subarray(['verb', 'activity'] as const, { minLength: 1 });
    const property = fc.property(filters, aboutActivity, packs, (wanted, keys, packed) => {
      const filter = rowFilter(keyspace, 'actor', wanted);
      fc.pre(filter !== undefined && (packed.includes('activity') || wanted.verb !== undefined));
      expect(letsThrough(filter, rowOf(keys, packed))).toBe(true);
    });
    fc.assert(property);
  });

  it('leaves out what is about an activity and has rows by it and its verb, when it does not meet the filter', () => {
    const property = fc.property(requests, aboutActivity, ({ index, wanted }, keys) => {
      const filter = rowFilter(keyspace, index, wanted);
      fc.pre(filter !== undefined && wanted.relatedActivities !== true);
      expect(letsThrough(filter, rowOf(keys, []))).toBe(matchesFilters([keys], wanted));
    });
    fc.assert(property);
  });

  it('of actors lets through what may refer to others or has a pack instead, and what has both', () => {
    expect(rowFilter(keyspace, 'actor', { verb, activity })).toEqual({
      expression:
        'attribute_not_exists(xo) OR attribute_not_exists(xv) OR (begins_with(xv, :verb) AND begins_with(xo, :activity))',
      values: { ':verb': prefix(verb), ':activity': prefix(activity) },
    });
    expect(rowFilter(keyspace, 'actor', { verb })).toEqual({
      expression: 'attribute_not_exists(xo) OR attribute_not_exists(xv) OR (begins_with(xv, :verb))',
      values: { ':verb': prefix(verb) },
    });
  });

  it('of activities looks at the verb', () => {
    expect(rowFilter(keyspace, 'activity', { verb })).toEqual({
      expression: 'attribute_not_exists(xv) OR (begins_with(xv, :verb))',
      values: { ':verb': prefix(verb) },
    });
  });

  it('does not look at an activity that may be a related one', () => {
    expect(rowFilter(keyspace, 'actor', { activity, relatedActivities: true })).toBeUndefined();
    expect(rowFilter(keyspace, 'actor', { verb, activity, relatedActivities: true })?.values).toEqual({
      ':verb': prefix(verb),
    });
  });

  it.each([
    ['there is nothing to be left out', 'actor', {}],
    ['there are other filters', 'actor', { registration: 'a', agent: 'b' }],
    ['the index does not carry the keys', 'registration', { verb, activity }],
    ['the index does not carry the keys', 'time', { verb }],
    ['the index does not carry the keys', 'related-activity-1', { verb }],
  ] as const)('is not there when %s: %s %j', (_, index, filters) => {
    expect(rowFilter(keyspace, index, filters)).toBeUndefined();
  });
});
