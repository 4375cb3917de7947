import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryStatement } from '#test/support/arbitrary-statements.ts';
import { aStatement, aSubStatement, anActivity, anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import { stampedText } from '#xapi/statement/stamp.ts';
import type { Result, Statement } from '#xapi/statement/statement.ts';

const ID = '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001';

const withResult = (result: Result): Statement => aStatement({ result });
const lasting = (duration: string): Statement => withResult({ duration });
const grouped = (...names: readonly string[]): Statement => aStatement({ actor: anAnonymousGroup(...names) });
const categorised = (...names: readonly string[]): Statement =>
  aStatement({ context: { contextActivities: { category: names.map((name) => anActivity(name)) } } });

const attachment = {
  usageType: 'http://example.com/usage',
  display: { en: 'file' },
  contentType: 'text/plain',
  length: 1,
  sha2: 'ab'.repeat(32),
};

describe('equal statements (xAPI 1.0.3, Data 2.3.1)', () => {
  it.each<[string, Statement, Statement]>([
    ['the case of ids', aStatement({ id: ID }), aStatement({ id: ID.toUpperCase() })],
    ['an id that only one has', aStatement({ id: ID }), aStatement()],
    ['a timestamp that only one has', aStatement({ timestamp: '2026-01-01T00:00:00Z' }), aStatement()],
    [
      'the time zone of a timestamp',
      aStatement({ timestamp: '2026-01-01T00:00:00Z' }),
      aStatement({ timestamp: '2026-01-01T05:30:00.0004+05:30' }),
    ],
    [
      'what the LRS sets',
      aStatement({ stored: '2026-01-01T00:00:00Z', authority: anAgent('lms'), version: '1.0.0' }),
      aStatement({ version: '1.0.3' }),
    ],
    ['the order of members', grouped('ann', 'bob'), grouped('bob', 'ann')],
    ['the order of context activities', categorised('a', 'b'), categorised('b', 'a')],
    [
      'a single context activity and a list of one',
      categorised('a'),
      aStatement({ context: { contextActivities: { category: anActivity('a') } } }),
    ],
    ['verb displays', aStatement(), aStatement({ verb: { ...aStatement().verb, display: { en: 'attended' } } })],
    ['activity definitions', aStatement(), aStatement({ object: anActivity('meeting', { name: { en: 'Meeting' } }) })],
    [
      'definitions in a SubStatement',
      aStatement({ object: aSubStatement() }),
      aStatement({ object: aSubStatement({ object: anActivity('plan', { name: { en: 'Plan' } }) }) }),
    ],
    ['an implied objectType', aStatement(), aStatement({ actor: anAgent('ann', { objectType: 'Agent' }) })],
    [
      'the case of an e-mail domain',
      aStatement({ actor: { mbox: 'mailto:ann@EXAMPLE.com' } }),
      aStatement({ actor: { mbox: 'mailto:ann@example.com' } }),
    ],
    ['seconds beyond the hundredth (Data 4.6)', lasting('P1DT12H36M0.1237S'), lasting('P1DT12H36M0.12S')],
    ['zeros behind the seconds', lasting('PT1.001S'), lasting('PT1S')],
    ['how a score is written', withResult({ score: { raw: 1 } }), withResult({ score: { raw: Number('1.0e0') } })],
    [
      'the case of a hash',
      aStatement({ attachments: [attachment] }),
      aStatement({ attachments: [{ ...attachment, sha2: attachment.sha2.toUpperCase() }] }),
    ],
    [
      'the order of contextAgents (xAPI 2.0, 4.2.2.5)',
      aStatement({ context: { contextAgents: contextAgents('ann', 'bob') } }),
      aStatement({ context: { contextAgents: contextAgents('bob', 'ann') } }),
    ],
  ])('may differ in %s', (_, a, b) => {
    expect(equalStatements(a, b)).toBe(true);
    expect(equalStatements(b, a)).toBe(true);
  });

  it.each<[string, Statement, Statement]>([
    ['ids', aStatement({ id: ID }), aStatement({ id: ID.replace('1', '2') })],
    ['actors', aStatement(), aStatement({ actor: anAgent('bob') })],
    ['names', aStatement(), aStatement({ actor: anAgent('ann', { name: 'Ann' }) })],
    ['the case of a mailbox', aStatement(), aStatement({ actor: anAgent('Ann') })],
    ['verbs', aStatement(), aStatement({ verb: { id: 'http://example.com/verbs/left' } })],
    ['objects', aStatement(), aStatement({ object: anActivity('other') })],
    ['members', grouped('ann', 'ann'), grouped('ann')],
    ['context activities', categorised('a', 'b'), categorised('a')],
    ['the unit of a duration (Data 2.3.1)', lasting('PT60S'), lasting('PT1M')],
    ['hundredths of a second', lasting('PT1.23S'), lasting('PT1.24S')],
    ['results', withResult({ success: true }), withResult({ success: false })],
    [
      'points in time',
      aStatement({ timestamp: '2026-01-01T00:00:00Z' }),
      aStatement({ timestamp: '2026-01-01T00:00:00.001Z' }),
    ],
    [
      'the timestamp of a SubStatement',
      aStatement({ object: aSubStatement({ timestamp: '2026-01-01T00:00:00Z' }) }),
      aStatement({ object: aSubStatement() }),
    ],
    [
      'extensions',
      withResult({ extensions: { 'http://a.example': [1, 2] } }),
      withResult({ extensions: { 'http://a.example': [2, 1] } }),
    ],
    ['attachments', aStatement({ attachments: [attachment] }), aStatement()],
  ])('do not differ in %s', (_, a, b) => {
    expect(equalStatements(a, b)).toBe(false);
    expect(equalStatements(b, a)).toBe(false);
  });

  it('equal themselves', () => {
    fc.assert(
      fc.property(arbitraryStatement, (statement) => {
        expect(equalStatements(statement, structuredClone(statement))).toBe(true);
      }),
    );
  });

  it('are equal in either order', () => {
    fc.assert(
      fc.property(arbitraryStatement, arbitraryStatement, (a, b) => {
        expect(equalStatements(a, b)).toBe(equalStatements(b, a));
      }),
    );
  });

  it('equal what the LRS makes of them', () => {
    fc.assert(
      fc.property(arbitraryStatement, fc.nat(), (statement, storedMs) => {
        const completion = { id: statement.id ?? ID, authority: anAgent('lms'), version: '1.0.3' } as const;
        const text = stampedText(draftStatement(statement, statement, completion), storedMs);
        expect(equalStatements(statement, JSON.parse(text))).toBe(true);
      }),
    );
  });

  it('are never found in JSON that is no statement', () => {
    fc.assert(
      fc.property(arbitraryStatement, fc.jsonValue(), (a, b) => {
        expect(equalStatements(a, b)).toBe(false);
      }),
    );
  });
});

function contextAgents(...names: readonly string[]) {
  return names.map((name) => ({ objectType: 'contextAgent' as const, agent: anAgent(name) }));
}
