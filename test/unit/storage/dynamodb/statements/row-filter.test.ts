import { describe, expect, it } from 'vitest';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { rowFilter } from '#storage/dynamodb/statements/row-filter.ts';

const keyspace = new Keyspace('default', 4);
const verb = 'http://example.com/passed';
const activity = 'http://example.com/course';
const prefix = (value: string) => ({ S: `default|${value}` });

describe('the filter of rows', () => {
  it('of actors lets through what may refer to others, and what has both', () => {
    expect(rowFilter(keyspace, 'actor', { verb, activity })).toEqual({
      expression: 'attribute_not_exists(xo) OR (begins_with(xv, :verb) AND begins_with(xo, :activity))',
      values: { ':verb': prefix(verb), ':activity': prefix(activity) },
    });
    expect(rowFilter(keyspace, 'actor', { verb })).toEqual({
      expression: 'attribute_not_exists(xo) OR (begins_with(xv, :verb))',
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
