import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { statements } from '#test/support/arbitraries.ts';
import { problemOf } from '#test/support/problem-of.ts';
import { aStatement, aSubStatement, anActivity, anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { XapiError } from '#xapi/errors.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { validateStatement, validateStatements } from '#xapi/statement/validate-statement.ts';
import { XAPI_VERSIONS } from '#xapi/version.ts';

const ID = 'aa97b177-9383-4934-8543-0f91a7a02836';
const attachment = {
  usageType: 'http://example.com/certificate',
  display: { en: 'Certificate' },
  contentType: 'text/plain',
  length: 3,
  sha2: 'ab'.repeat(32),
};

/** Statement that is wrong in one place → where, what was expected, what came, which section of 1.0.3 and of 2.0. */
const WRONG: readonly [unknown, string, string, string, string, string][] = [
  ['text', '$', 'an object', '"text"', 'Data 2.4', '4.2.2'],
  [null, '$', 'an object', 'null', 'Data 2.4', '4.2.2'],
  [{ ...aStatement(), verb: undefined }, '$.verb', 'a value', 'nothing', 'Data 2.4.3', '4.2.2.2'],
  [{ ...aStatement(), Actor: {} }, '$.Actor', 'no property of this name', '{}', 'Data 2.4', '4.2.2'],
  [{ ...aStatement(), context: null }, '$.context', 'an object', 'null', 'Data 2.4.6', '4.2.2.5'],
  [{ ...aStatement(), id: 'x' }, '$.id', 'a UUID', '"x"', 'Data 2.4.1', '4.2.4.2'],
  [{ ...aStatement(), version: '0.9' }, '$.version', '1.0 or 1.0.x', '"0.9"', 'Data 2.4.10', '4.2.4.3'],
  [
    { ...aStatement(), actor: { ...anAgent('ann'), objectType: 'agent' } },
    '$.actor.objectType',
    'one of "Agent", "Group"',
    '"agent"',
    'Data 2.4.2',
    '4.2.2.1',
  ],
  [
    { ...aStatement(), actor: { objectType: 'Group', member: [anAnonymousGroup('ann')] } },
    '$.actor.member[0].objectType',
    '"Agent"',
    '"Group"',
    'Data 2.4.2.2',
    '4.2.2.1',
  ],
  [
    { ...aStatement(), actor: { objectType: 'Group', member: [anAgent('ann'), { name: 'Bob' }] } },
    '$.actor.member[1]',
    'exactly one of mbox, mbox_sha1sum, openid, account',
    '{"name":"Bob"}',
    'Data 2.4.2.3',
    '4.2.2.1',
  ],
  [
    { ...aStatement(), object: { objectType: 'activity', id: 'http://a.example' } },
    '$.object.objectType',
    'one of "Activity", "Agent", "Group", "StatementRef", "SubStatement"',
    '"activity"',
    'Data 2.4.4',
    '4.2.2.3',
  ],
  [
    { ...aStatement(), object: { ...aSubStatement(), id: ID } },
    '$.object.id',
    'no property of this name',
    `"${ID}"`,
    'Data 2.4.4',
    '4.2.2.3',
  ],
  [
    { ...aStatement(), object: { ...aSubStatement(), object: aSubStatement() } },
    '$.object.object.objectType',
    'one of "Activity", "Agent", "Group", "StatementRef"',
    '"SubStatement"',
    'Data 2.4.4',
    '4.2.2.3',
  ],
  [
    aStatement({ object: anActivity('a', { name: { en_US: 'x' } }) }),
    '$.object.definition.name.en_US',
    'a language tag of RFC 5646 such as en-US',
    '"en_US"',
    'Data 2.4.4.1',
    '4.2.2.3',
  ],
  [
    aStatement({ context: { extensions: { 'a b': 1 } } }),
    "$.context.extensions['a b']",
    'an IRI with a scheme',
    '"a b"',
    'Data 4.1',
    '4.2.7',
  ],
  [
    aStatement({ context: { contextActivities: { parent: [anActivity('a'), { id: 'a' }] } } }),
    '$.context.contextActivities.parent[1].id',
    'an IRI with a scheme',
    '"a"',
    'Data 2.4.6.2',
    '4.2.2.5',
  ],
  [
    aStatement({ result: { score: { scaled: 1.01 } } }),
    '$.result.score.scaled',
    'at most 1',
    '1.01',
    'Data 2.4.5.1',
    '4.2.2.4',
  ],
  [
    aStatement({ object: aSubStatement({ result: { score: { raw: 2, max: 1 } } }) }),
    '$.object.result.score.raw',
    'a number at most 1',
    '2',
    'Data 2.4.5.1',
    '4.2.2.4',
  ],
  [
    aStatement({ attachments: [{ ...attachment, length: -1 }] }),
    '$.attachments[0].length',
    'at least 0',
    '-1',
    'Data 2.4.11',
    '4.2.2.6',
  ],
];

describe.each(XAPI_VERSIONS)('statement of xAPI %s', (version) => {
  it.each(WRONG)('%j is refused at %s', (value, path, expected, received, first, second) => {
    const sent = parseJson(JSON.stringify(value)).value;
    expect(problemOf(() => validateStatement(sent, version, '$'))).toMatchObject({
      code: 'statement-invalid',
      path,
      expected: expect.stringContaining(expected),
      received,
      section: version === '1.0.3' ? `xAPI 1.0.3, ${first}` : `xAPI 2.0, ${second}`,
    });
  });

  it.each([
    ['an empty contextActivities', aStatement({ context: { contextActivities: {} } })],
    ['an empty definition', aStatement({ object: anActivity('a', {}) })],
    ['null in extensions', aStatement({ result: { extensions: { 'http://a.example': null } } })],
    ['a score beyond double precision', aStatement({ result: { score: { raw: Infinity } } })],
    ['a course of edX', aStatement({ object: { id: 'course-v1:edX+Demo' } })],
    ['a version of 1.0', aStatement({ version: '1.0.9' })],
  ])('may have %s', (_what, statement) => {
    expect(validateStatement(statement, version, '$')).toBe(statement);
  });

  it('is valid in every combination of properties', () => {
    fc.assert(
      fc.property(statements(version), (statement) => {
        expect(validateStatement(statement, version, '$')).toBe(statement);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with nothing but an XapiError, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged(version)), (value) => {
        expect(refusalOf(() => validateStatements(value, version))).toSatisfy(
          (refusal) => refusal === undefined || refusal instanceof XapiError,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('statements of a request', () => {
  it('are one statement or an array, and an error names the index', () => {
    expect(validateStatements(aStatement(), '1.0.3')).toEqual([aStatement()]);
    expect(validateStatements([], '1.0.3')).toEqual([]);
    const wrong = aStatement({ context: { registration: 'x' } });
    expect(problemOf(() => validateStatements([aStatement(), wrong, {}], '1.0.3'))).toEqual({
      code: 'statement-invalid',
      message: '$[1].context.registration must be a UUID.',
      path: '$[1].context.registration',
      expected: 'a UUID',
      received: '"x"',
      section: 'xAPI 1.0.3, Data 2.4.6',
    });
  });
});

describe('what only one version has', () => {
  const contextAgents = [{ objectType: 'contextAgent', agent: anAgent('ann') }] as const;

  it('2.0 has contextAgents and contextGroups', () => {
    const contextGroups = [{ objectType: 'contextGroup', group: anAnonymousGroup('ann') }] as const;
    const statement = aStatement({ context: { contextAgents, contextGroups } });
    expect(validateStatement(statement, '2.0.0', '$')).toBe(statement);
    expect(problemOf(() => validateStatement(statement, '1.0.3', '$')).path).toMatch(/^\$\.context\.context/);
  });

  it.each([
    [{ ...contextAgents[0], objectType: 'contextagent' }, '.objectType'],
    [{ ...contextAgents[0], agent: { name: 'Ann' } }, '.agent'],
    [{ ...contextAgents[0], agent: anAnonymousGroup('ann') }, '.agent.objectType'],
    [{ ...contextAgents[0], relevantTypes: [] }, '.relevantTypes'],
    [{ ...contextAgents[0], relevantTypes: ['x'] }, '.relevantTypes[0]'],
    [{ agent: anAgent('ann') }, '.objectType'],
  ])('a contextAgent is not %j', (contextAgent, path) => {
    const statement = { ...aStatement(), context: { contextAgents: [contextAgent] } };
    expect(problemOf(() => validateStatement(statement, '2.0.0', '$')).path).toBe(`$.context.contextAgents[0]${path}`);
  });

  it('1.0.3 takes any ISO 8601 timestamp, 2.0 those of RFC 3339', () => {
    const statement = aStatement({ timestamp: '20130518T053234' });
    expect(validateStatement(statement, '1.0.3', '$')).toBe(statement);
    expect(problemOf(() => validateStatement(statement, '2.0.0', '$')).path).toBe('$.timestamp');
  });

  it('1.0.3 refuses a statement of version 2.0', () => {
    const statement = aStatement({ version: '2.0.0' });
    expect(validateStatement(statement, '2.0.0', '$')).toBe(statement);
    expect(problemOf(() => validateStatement(statement, '1.0.3', '$')).path).toBe('$.version');
  });
});

/** A valid statement in which one part, at any depth, is replaced by any JSON value. */
function damaged(version: (typeof XAPI_VERSIONS)[number]): fc.Arbitrary<unknown> {
  return fc.tuple(statements(version), fc.nat(), fc.jsonValue()).map(([statement, nth, value]) => {
    let left = nth % (JSON.stringify(statement).match(/[,:]/g)?.length ?? 1);
    return JSON.parse(JSON.stringify(statement), (_name, part: unknown) => {
      left -= 1;
      return left === 0 ? value : part;
    });
  });
}

function refusalOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
