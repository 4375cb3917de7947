import { describe, expect, it } from 'vitest';
import { matches, ONLY_STATEMENTS } from '#local/stream/event-filter.ts';

describe('matches', () => {
  it('lets through statements, whatever happened to them', () => {
    expect(
      matches({ eventName: 'REMOVE', dynamodb: { Keys: { pk: { S: 'a' }, sk: { S: 's' } } } }, ONLY_STATEMENTS),
    ).toBe(true);
  });

  it.each([
    { dynamodb: { Keys: { pk: { S: 's' }, sk: { S: 'p' } } } },
    { dynamodb: { Keys: { sk: { N: 's' } } } },
    { dynamodb: { Keys: { sk: 's' } } },
    { dynamodb: {} },
    {},
    undefined,
  ])('keeps back %j', (record) => {
    expect(matches(record, ONLY_STATEMENTS)).toBe(false);
  });

  it('takes any of several texts, at every place that is named', () => {
    const pattern = { a: ['1', '2'], b: { c: ['3'] } };
    expect(matches({ a: '2', b: { c: '3' } }, pattern)).toBe(true);
    expect(matches({ a: '3', b: { c: '3' } }, pattern)).toBe(false);
    expect(matches({ a: '1', b: { c: '4' } }, pattern)).toBe(false);
  });
});
