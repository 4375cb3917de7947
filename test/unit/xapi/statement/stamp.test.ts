import { describe, expect, it } from 'vitest';
import { aStatement, aSubStatement, anActivity, anAgent } from '#test/support/statements.ts';
import { isJsonObject } from '#xapi/json/json-value.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import { stampedText } from '#xapi/statement/stamp.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const ID = '6F5FDD10-9E2B-44A2-B4A3-8C4E1D2A0001';
const authority = anAgent('lms');
const STORED = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

const draft = (statement: Statement, version: '1.0.3' | '2.0.0' = '1.0.3') =>
  draftStatement(statement, statement, { id: ID, authority, version });

describe('completing a statement (xAPI 1.0.3, Data 2.4)', () => {
  it('lower-cases the id', () => {
    const { id, value } = draft(aStatement({ id: ID }));
    expect([id, value.id]).toEqual([ID.toLowerCase(), ID.toLowerCase()]);
  });

  it('replaces the authority by that of the credential', () => {
    expect(draft(aStatement({ authority: anAgent('somebody') })).value.authority).toEqual(authority);
  });

  it('keeps the version that was sent and implies 1.0.0 or 2.0.0', () => {
    expect(draft(aStatement({ version: '1.0.2' })).value.version).toBe('1.0.2');
    expect(draft(aStatement()).value.version).toBe('1.0.0');
    expect(draft(aStatement(), '2.0.0').value.version).toBe('2.0.0');
  });

  it('makes single context activities lists, in the SubStatement too (Data 2.4.6.2)', () => {
    const context = { contextActivities: { parent: anActivity('a'), other: [anActivity('b')] } };
    const expected = { contextActivities: { parent: [anActivity('a')], other: [anActivity('b')] } };
    const { value } = draft(aStatement({ context, object: aSubStatement({ context }) }));
    expect(value).toMatchObject({ context: expected, object: { context: expected } });
  });
});

describe('what is stored of a statement', () => {
  it('is completed as what is read of it, and the same unless a double cannot hold its numbers', () => {
    const { value, exact } = draft(aStatement());
    expect(exact).toBe(value);
    const raw = parseJson('{"raw":1234567890.12345678901}').exact;
    const sent = aStatement({ result: { score: isJsonObject(raw) ? raw : {} } });
    const other = draftStatement(aStatement(), sent, { id: ID, authority, version: '1.0.3' });
    expect(other.exact).toEqual({ ...other.value, result: sent.result });
  });
});

describe('stamping a statement (xAPI 1.0.3, Data 2.4.7 and 2.4.8)', () => {
  it('overwrites stored and fills in a missing timestamp', () => {
    const drafted = draft(aStatement({ stored: '2000-01-01T00:00:00Z' }));
    expect(JSON.parse(stampedText(drafted, STORED))).toEqual({
      ...drafted.value,
      stored: '2026-01-02T03:04:05.006Z',
      timestamp: '2026-01-02T03:04:05.006Z',
    });
  });

  it('keeps the timestamp as it was sent', () => {
    const timestamp = '2015-12-18T12:17:00+05:00';
    expect(JSON.parse(stampedText(draft(aStatement({ timestamp })), STORED))).toMatchObject({ timestamp });
  });

  it('writes numbers that a double cannot hold as they were sent', () => {
    const { exact } = parseJson('{"raw":1234567890.12345678901}');
    const statement = aStatement({ result: { score: isJsonObject(exact) ? exact : {} } });
    const drafted = draftStatement(aStatement(), statement, { id: ID, authority, version: '2.0.0' });
    expect(stampedText(drafted, STORED)).toContain('"raw":1234567890.12345678901}');
  });
});
