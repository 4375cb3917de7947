import { describe, expect, it } from 'vitest';

import { memberOf, pathTo, stepsOf } from '#xapi/json/json-path.ts';

describe('JSON path', () => {
  it.each([
    ['actor', '$.actor'],
    [3, '$[3]'],
    ['http://example.com/x', "$['http://example.com/x']"],
    ["it's\\", String.raw`$['it\'s\\']`],
  ])('to %j is %s', (step, path) => {
    expect(pathTo('$', step)).toBe(path);
  });

  it('follows a JSON pointer, with numbers for the items of an array', () => {
    const value = { a: [{ 'b/c~': { 0: 1 } }] };
    expect(stepsOf('/a/0/b~1c~0/0', value)).toEqual(['a', 0, 'b/c~', '0']);
    expect(stepsOf('/a/0/b~1c~0/0', value).reduce(memberOf, value)).toBe(1);
  });

  it('sees own properties only', () => {
    expect(memberOf({}, 'constructor')).toBeUndefined();
    expect(memberOf('text', 'length')).toBeUndefined();
  });
});
