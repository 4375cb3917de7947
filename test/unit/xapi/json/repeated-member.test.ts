import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedMember } from '#xapi/json/repeated-member.ts';

describe('a member that comes twice', () => {
  it.each([
    ['{"id":"d","id":"e"}', 'id'],
    [String.raw`{"id" : 1, "\u0069d"	: 2}`, 'id'],
    ['[{"a":{"b":[{"c":1},{"c":2}],"b":1}}]', 'b'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"a":[],"":2}', ''],
  ])('in %s is found', (text, name) => {
    expect(repeatedMember(text)).toBe(name);
  });

  it.each(['{"a":{"a":{"b":1}},"b":1}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a\\":1"}', '["a","a"]', '"a"', '5'])(
    'is not in %s',
    (text) => {
      expect(repeatedMember(text)).toBeUndefined();
    },
  );

  it('is in nothing that was written from values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(repeatedMember(JSON.stringify(value, null, 1))).toBeUndefined();
      }),
    );
  });
});
