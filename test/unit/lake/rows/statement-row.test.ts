import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnKind, STATEMENT_COLUMNS } from '#lake/columns.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import type { StatementRow } from '#lake/rows/row.ts';
import { statementRow } from '#lake/rows/statement-row.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { statements } from '#test/support/arbitraries.ts';
import { anActivity, anAgent, anAnonymousGroup, aStatement, aSubStatement } from '#test/support/statements.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const STORED = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const POSITION = `${STORED.toString(36).padStart(9, '0')}000000010000`;

const keys = new ActorKeys(Buffer.alloc(32, 7), 'default');
const context = { keys, languages: languagePreference(['en']) };
const keyOfAgent = (name: string): string => keys.keyOf(`mbox|mailto:${name}@example.com`);

function rowOf(value: Statement, voided = false): StatementRow {
  return statementRow({ id: ID, position: POSITION, text: JSON.stringify(value), value, voided }, context);
}

const isText = (cell: unknown): boolean => typeof cell === 'string';

/** What stands in a column of each kind, besides null. */
const FITS: Readonly<Record<ColumnKind, (cell: unknown) => boolean>> = {
  text: isText,
  number: Number.isFinite,
  integer: (cell) => typeof cell === 'bigint',
  boolean: (cell) => typeof cell === 'boolean',
  time: (cell) => typeof cell === 'bigint',
  texts: (cell) => Array.isArray(cell) && cell.every(isText),
  attachments: (cell) => Array.isArray(cell) && cell.every((one) => typeof one === 'object' && one !== null),
};

const FULL: Statement = {
  id: ID,
  actor: { objectType: 'Agent', name: 'Ann', account: { homePage: 'https://lms.example.com', name: 'ann' } },
  verb: { id: 'http://example.com/verbs/passed', display: { de: 'bestanden', en: 'passed' } },
  object: anActivity('quiz', {
    name: { en: 'A quiz', fr: 'Un quiz' },
    description: { en: 'Ten questions' },
    type: 'http://example.com/types/quiz',
  }),
  result: {
    score: { scaled: 0.75, raw: 7.5, min: 0, max: 10 },
    success: true,
    completion: false,
    response: 'A, C',
    duration: 'PT1M30.5S',
  },
  context: {
    registration: '0000000A-0000-4000-8000-00000000000F',
    instructor: anAgent('irene', { name: 'Irene' }),
    team: { objectType: 'Group', name: 'Blue', mbox: 'mailto:blue@example.com' },
    revision: '3',
    platform: 'Example LMS',
    language: 'en-GB',
    contextActivities: {
      parent: anActivity('course'),
      grouping: [anActivity('program'), anActivity('school')],
      category: [],
    },
  },
  timestamp: '2026-01-02T04:04:05.123456+01:00',
  stored: '2026-01-02T03:04:05.006Z',
  authority: { account: { homePage: 'https://lrs.example.com', name: 'a-credential' } },
  version: '2.0.0',
  attachments: [
    {
      usageType: 'http://example.com/usage/certificate',
      display: { en: 'Certificate' },
      contentType: 'application/pdf; name="Ann.pdf"',
      length: 12_345,
      sha2: 'ab'.repeat(32),
    },
  ],
};

describe('a row of the lake', () => {
  it('says of a statement all that it has', () => {
    expect(rowOf(FULL)).toEqual({
      statement_id: ID,
      position: POSITION,
      stored: BigInt(STORED) * 1_000n,
      timestamp: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 123)) * 1_000n + 456n,
      actor_key: keys.keyOf('account|https://lms.example.com|ann'),
      actor_type: 'Agent',
      actor_name: 'Ann',
      actor_ifi_type: 'account',
      actor_ifi_value: 'ann',
      actor_account_home_page: 'https://lms.example.com',
      actor_member_keys: null,
      verb_id: 'http://example.com/verbs/passed',
      verb_display: 'passed',
      object_type: 'Activity',
      object_id: 'http://example.com/activities/quiz',
      object_name: 'A quiz',
      object_activity_type: 'http://example.com/types/quiz',
      score_scaled: 0.75,
      score_raw: 7.5,
      score_min: 0,
      score_max: 10,
      success: true,
      completion: false,
      response: 'A, C',
      duration_seconds: 90.5,
      registration: '0000000a-0000-4000-8000-00000000000f',
      context_parent: ['http://example.com/activities/course'],
      context_grouping: ['http://example.com/activities/program', 'http://example.com/activities/school'],
      context_category: [],
      context_other: null,
      instructor_key: keyOfAgent('irene'),
      instructor_name: 'Irene',
      team_key: keyOfAgent('blue'),
      team_name: 'Blue',
      platform: 'Example LMS',
      language: 'en-GB',
      revision: '3',
      authority_key: keys.keyOf('account|https://lrs.example.com|a-credential'),
      authority_name: 'a-credential',
      version: '2.0.0',
      voided: false,
      attachments: [
        {
          usage_type: 'http://example.com/usage/certificate',
          content_type: 'application/pdf',
          length: 12_345n,
          sha2: 'ab'.repeat(32),
          display: 'Certificate',
          file_url: null,
        },
      ],
      raw: JSON.stringify(FULL),
    });
  });

  it('has null for what a statement lacks', () => {
    const required = new Set<string>(
      STATEMENT_COLUMNS.filter((column) => 'required' in column).map(({ name }) => name),
    );
    const given = new Set([...required, 'actor_ifi_type', 'actor_ifi_value', 'object_id']);
    const row = Object.entries(rowOf(aStatement())).filter(([, cell]) => cell !== null);
    expect(new Set(row.map(([name]) => name))).toEqual(given);
  });

  it.each([
    [{ mbox: 'mailto:ann@example.com' }, 'mbox', 'mailto:ann@example.com'],
    [{ mbox_sha1sum: 'ab'.repeat(20) }, 'mbox_sha1sum', 'ab'.repeat(20)],
    [{ openid: 'https://ann.example.com/' }, 'openid', 'https://ann.example.com/'],
  ])('says how an actor is identified: %j', (actor, type, value) => {
    expect(rowOf(aStatement({ actor }))).toMatchObject({
      actor_type: 'Agent',
      actor_name: null,
      actor_ifi_type: type,
      actor_ifi_value: value,
      actor_account_home_page: null,
    });
  });

  it('has the keys of the members of a group', () => {
    const member = [anAgent('ann'), anAgent('bob')];
    const group = { objectType: 'Group' as const, name: 'Red', mbox: 'mailto:red@example.com', member };
    expect(rowOf(aStatement({ actor: group }))).toMatchObject({
      actor_key: keyOfAgent('red'),
      actor_type: 'Group',
      actor_name: 'Red',
      actor_member_keys: [keyOfAgent('ann'), keyOfAgent('bob')],
    });
  });

  it('tells an anonymous group by its members, in whatever order', () => {
    const row = rowOf(aStatement({ actor: anAnonymousGroup('ann', 'bob') }));
    expect(row).toMatchObject({ actor_type: 'Group', actor_ifi_type: null, actor_ifi_value: null });
    expect(rowOf(aStatement({ actor: anAnonymousGroup('bob', 'ann', 'bob') })).actor_key).toBe(row.actor_key);
    expect(rowOf(aStatement({ actor: anAnonymousGroup('ann') })).actor_key).not.toBe(row.actor_key);
  });

  it.each([
    ['an agent', { ...anAgent('bob', { name: 'Bob' }), objectType: 'Agent' as const }, 'Agent', keyOfAgent('bob')],
    ['a group', { objectType: 'Group' as const, mbox: 'mailto:red@example.com' }, 'Group', keyOfAgent('red')],
    [
      'a statement',
      { objectType: 'StatementRef' as const, id: ID.replace('8', 'A') },
      'StatementRef',
      ID.replace('8', 'a'),
    ],
    ['a SubStatement', aSubStatement(), 'SubStatement', null],
    ['an activity', anActivity('quiz'), 'Activity', 'http://example.com/activities/quiz'],
  ])('says what it is about: %s', (_, object, type, id) => {
    expect(rowOf(aStatement({ object }))).toMatchObject({
      object_type: type,
      object_id: id,
      object_name: null,
      object_activity_type: null,
    });
  });

  it('says nothing of a person but in columns that are personal', () => {
    const value = aStatement({
      actor: anAgent('ann', { name: 'Ann' }),
      object: { ...anAgent('bob', { name: 'Bob' }), objectType: 'Agent' as const },
      context: { instructor: anAgent('irene', { name: 'Irene' }), team: anAnonymousGroup('cid') },
    });
    const open = STATEMENT_COLUMNS.filter((column) => !('personal' in column)).map(({ name }) => rowOf(value)[name]);
    const text = JSON.stringify(open, (_, cell: unknown) => (typeof cell === 'bigint' ? String(cell) : cell));
    expect(text).not.toMatch(/ann|bob|irene|cid|example\.com(?!\/)/iu);
  });

  it.each([
    ['1e400', null],
    ['-1e400', null],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['5e-324', 5e-324],
    ['-0', -0],
    ['9007199254740993', 9_007_199_254_740_992],
    ['0.1', 0.1],
  ])('has the score %s as %s', (text, cell) => {
    const value: Statement = { ...aStatement(), result: JSON.parse(`{"score":{"raw":${text}}}`) };
    expect(rowOf(value).score_raw).toBe(cell);
  });

  it.each([
    ['PT0S', 0],
    ['P1Y', 31_557_600],
    ['P1W', 604_800],
    ['PT0,5S', 0.5],
    [`P${'9'.repeat(400)}Y`, null],
  ])('has the duration %s as %s seconds', (duration, seconds) => {
    expect(rowOf(aStatement({ result: { duration } })).duration_seconds).toBe(seconds);
  });

  it.each([
    ['lone surrogates', '\uD800 and \uDC00'],
    ['NUL', 'a\0b'],
    ['ten kilobytes', 'n'.repeat(10_000)],
    ['right to left', 'آن'],
    ['nothing', ''],
  ])('takes texts as they are: %s', (_, name) => {
    const row = rowOf(aStatement({ actor: anAgent('ann', { name }), result: { response: name } }));
    expect(row).toMatchObject({ actor_name: name, response: name });
    expect(JSON.parse(row.raw)).toMatchObject({ actor: { name } });
  });

  it('has a length of an attachment that no integer holds as null', () => {
    const attachment = { usageType: 'a:b', display: {}, contentType: 'a/b', length: 1e300, sha2: '' };
    expect(rowOf(aStatement({ attachments: [attachment] })).attachments).toMatchObject([
      { length: null, display: null },
    ]);
    expect(rowOf(aStatement({ attachments: [] })).attachments).toEqual([]);
  });

  it.each(['1.0.3', '2.0.0'] as const)(
    'has a cell of its kind in every column, whatever the statement (%s)',
    (version) => {
      fc.assert(
        fc.property(statements(version), fc.boolean(), (value, voided) => {
          const row = rowOf(value, voided);
          expect(Object.keys(row).toSorted()).toEqual(STATEMENT_COLUMNS.map(({ name }) => name).toSorted());
          for (const column of STATEMENT_COLUMNS) {
            const cell = row[column.name];
            const fits = cell === null ? !('required' in column) : FITS[column.kind](cell);
            expect([column.name, fits]).toEqual([column.name, true]);
          }
        }),
      );
    },
  );
});
