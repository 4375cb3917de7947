import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '#storage/aws/canonical-query.ts';

describe('canonicalQuery', () => {
  it.each([
    ['nothing', {}, ''],
    ['names in their order', { 'a-b': '1', a: '2' }, 'a=2&a-b=1'],
    ['what has to be escaped', { "a b/ü+'": '*~=&' }, 'a%20b%2F%C3%BC%2B%27=%2A~%3D%26'],
    ['an empty value', { a: '' }, 'a='],
  ])('writes %s', (_, parameters, query) => {
    expect(canonicalQuery(parameters)).toBe(query);
  });
});
