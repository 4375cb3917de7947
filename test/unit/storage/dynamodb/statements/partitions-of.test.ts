import { describe, expect, it } from 'vitest';
import { INDEX_ATTRIBUTES } from '#storage/dynamodb/statements/keyspace.ts';
import { partitionName, partitionsOf } from '#storage/dynamodb/statements/partitions-of.ts';

const AT = { S: '000000000000000000000' };

describe('partitionsOf', () => {
  it('tells of each index in which partition the item has a row', () => {
    const indexes = Object.entries(INDEX_ATTRIBUTES);
    const keys = indexes.map(([index, attribute]) => [attribute, { S: `default|${index}` }]);
    const item = { pk: { S: 'default|s|1' }, sk: { S: 's' }, ...Object.fromEntries(keys) };
    expect([...partitionsOf([item])].toSorted()).toEqual(
      indexes.map(([index]) => partitionName(index, `default|${index}`)).toSorted(),
    );
  });

  it.each([AT, { S: `${AT.S}+` }])('tells where the packs and entries of the table are: %o', (sk) => {
    expect([...partitionsOf([{ pk: { S: 'default|verb|v|0' }, sk }])]).toEqual([
      partitionName(undefined, 'default|verb|v|0'),
    ]);
  });

  it('takes equal keys of two indexes for two partitions, and those of two items for one', () => {
    const value = { S: 'default|http://example.com/course' };
    const one = { pk: { S: 'a' }, sk: AT, xo: value };
    const other = { pk: { S: 'b' }, sk: AT, xo: value, x1: value };
    expect(partitionsOf([one, other]).size).toBe(4);
  });
});
