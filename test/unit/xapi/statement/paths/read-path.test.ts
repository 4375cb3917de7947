import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '#xapi/statement/paths/nearest.ts';
import { parsePath, pathOf } from '#xapi/statement/paths/parse-path.ts';
import { readPath } from '#xapi/statement/paths/read-path.ts';
import { valueAt } from '#xapi/statement/paths/value-at.ts';
import { parseJson } from '#xapi/json/parse-json.ts';

const EXTENSION = 'https://example.com/x?a=b.c[0]';

describe('a path', () => {
  it.each([
    ['id', ['id']],
    ['actor.account.homePage', ['actor', 'account', 'homePage']],
    ['context.contextActivities.parent[0].id', ['context', 'contextActivities', 'parent', 0, 'id']],
    ['object.definition.name.en-US', ['object', 'definition', 'name', 'en-US']],
    [
      'object.definition.choices[12].description["en-US"]',
      ['object', 'definition', 'choices', 12, 'description', 'en-US'],
    ],
    [
      `result.extensions["${EXTENSION}"].list[3].any.thing`,
      ['result', 'extensions', EXTENSION, 'list', 3, 'any', 'thing'],
    ],
    [`context.extensions.["${EXTENSION}"]["a \\" b"]`, ['context', 'extensions', EXTENSION, 'a " b']],
    ['object.object.definition.type', ['object', 'object', 'definition', 'type']],
    ['context.contextGroups[0].group.member[1].mbox', ['context', 'contextGroups', 0, 'group', 'member', 1, 'mbox']],
    ['result', ['result']],
  ])('%s leads over its steps', (path, steps) => {
    expect(readPath(path)).toEqual(steps);
  });

  it.each([
    ['actor.nmae', 'No statement has actor.nmae', 'actor.name'],
    ['Actor.name', 'No statement has Actor', 'actor'],
    ['result.score.scale', 'No statement has result.score.scale', 'result.score.scaled'],
    [
      'result.zzzzzz',
      'No statement has result.zzzzzz',
      'one of score, success, completion, response, duration, extensions',
    ],
    ['__proto__', 'No statement has __proto__', 'one of'],
    ['verb.constructor', 'No statement has verb.constructor', 'one of id, display'],
    ['context.contextActivities.parent.id', 'is a list', 'context.contextActivities.parent[0].id'],
    ['actor[0].name', 'actor is no list', 'actor'],
    ['timestamp.year', 'nothing is in it', 'timestamp'],
    ['verb.display.english_us', 'no language tag', 'verb.display.en-US'],
    ['result.extensions.score', 'named by IRIs', 'result.extensions["https://example.com/extension"]'],
    ['object.object.object', 'No statement has object.object.object', 'one of objectType, id, definition'],
    ['', 'cannot be read from character 1', 'actor.name'],
    ['actor..name', 'cannot be read from character 6: ".."', 'actor.name'],
    ['actor.name ', 'cannot be read from character 11', 'actor.name'],
    ['attachments[01].sha2', 'cannot be read from character 12', 'parent[0]'],
    ['result.extensions["\\q"]', 'cannot be read from character 18', 'extensions['],
    [`result.extensions["${EXTENSION}"]${'.a'.repeat(40)}`, 'too long', '30'],
  ])('%s is none', (path, message, expected) => {
    expect(readPath(path)).toEqual({
      message: expect.stringContaining(message.split(': ')[0] ?? ''),
      expected: expect.stringContaining(expected),
    });
  });

  it('is written as it is read', () => {
    const steps = fc.tuple(
      fc.constantFrom('a', 'b_c', 'en-US'),
      fc.array(fc.oneof(fc.nat(999_999), fc.string({ unit: 'binary' }))),
    );
    fc.assert(
      fc.property(steps, ([first, rest]) => {
        expect(parsePath(pathOf([first, ...rest]))).toEqual([first, ...rest]);
      }),
    );
  });

  it('never fails in another way, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z.[\]"0-9]*$/u)), (path) => {
        const read = readPath(path);
        expect(Array.isArray(read) || ('message' in read && 'expected' in read)).toBe(true);
      }),
    );
  });
});

describe('the value at a path', () => {
  const { exact } = parseJson(
    '{"actor":{"name":"Ann"},"result":{"score":{"raw":1e400},"extensions":{"x:y":[{"a":null},"b"]}},"list":["a"]}',
  );

  it.each([
    [['actor', 'name'], 'Ann'],
    [['actor', 'name', 'length'], undefined],
    [['actor', 'mbox'], undefined],
    [['actor', 'constructor'], undefined],
    [['result', 'extensions', 'x:y', 1], 'b'],
    [['result', 'extensions', 'x:y', 'length'], undefined],
    [['result', 'extensions', 'x:y', 0, 'a'], null],
    [['result', 'extensions', 'x:y', 7], undefined],
    [['result', 'score', 'raw', 'rawJSON'], undefined],
    [['list', '0'], undefined],
  ])('%j', (steps, value) => {
    expect(valueAt(exact, steps)).toBe(value);
  });

  it('is a number as it was written', () => {
    expect(JSON.stringify(valueAt(exact, ['result', 'score', 'raw']))).toBe('1e400');
  });
});

it.each([
  ['nmae', 'name'],
  ['NAME', 'name'],
  ['names', 'name'],
  ['contextactivites', 'contextActivities'],
  ['zzz', undefined],
  ['', undefined],
])('nearest to %j is %j', (name, expected) => {
  expect(nearest(name, ['name', 'mbox', 'contextActivities'])).toBe(expected);
});
