import { expect, it } from 'vitest';
import { readStatement } from '#lake/rows/read-statement.ts';
import { aStatement } from '#test/support/statements.ts';

it('reads numbers that no double holds as the nearest one, and keeps the text', () => {
  const text = JSON.stringify({ ...aStatement(), result: { score: { raw: 1 } } }).replace(
    '1}',
    '0.12345678901234567891}',
  );
  const read = readStatement({ id: 'id', position: 'at', text, voided: false });
  expect(read.value.result?.score?.raw).toBe(Number('0.123456789012345678'));
  expect(read).toMatchObject({ id: 'id', position: 'at', text, voided: false });
});
