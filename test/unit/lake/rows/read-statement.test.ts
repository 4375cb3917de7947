import { describe, expect, it } from 'vitest';
import { readStatement } from '#lake/rows/read-statement.ts';
import { aStatement, anActivity } from '#test/support/statements.ts';

it('reads numbers that no double holds as the nearest one, and keeps the text', () => {
  const text = JSON.stringify({ ...aStatement(), result: { score: { raw: 1 } } }).replace(
    '1}',
    '0.12345678901234567891}',
  );
  const read = readStatement({ id: 'id', position: 'at', text, voided: false });
  expect(read.value.result?.score?.raw).toBe(Number('0.123456789012345678'));
  expect(read).toMatchObject({ id: 'id', position: 'at', text, voided: false });
});

function readWith(extensions: Readonly<Record<string, unknown>>) {
  const statement = aStatement({
    object: anActivity('quiz', { name: { en: 'Quiz' }, extensions }),
    result: { success: true, extensions },
  });
  return {
    statement,
    read: readStatement({ id: 'id', position: 'at', text: JSON.stringify(statement), voided: false }),
  };
}

describe('the extensions of a statement', () => {
  it('are left out when it is large, but stay in its text', () => {
    const { statement, read } = readWith({ 'http://example.com/x': Array.from({ length: 40_000 }, () => ({})) });
    expect(read.text).toBe(JSON.stringify(statement));
    expect(read.value).toEqual({
      ...statement,
      object: anActivity('quiz', { name: { en: 'Quiz' } }),
      result: { success: true },
    });
  });

  it('stay when it is small', () => {
    const { statement, read } = readWith({ 'http://example.com/x': {} });
    expect(read.value).toEqual(statement);
  });
});
