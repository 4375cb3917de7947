import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CsvPart } from '#functions/jobs/export/csv-part.ts';
import { aStatement } from '#test/support/statements.ts';

const NAME = 'http://example.com/deep';

function bytesWith(columns: readonly string[], text: string): Promise<number> {
  const part = new CsvPart(columns);
  return part.add(undefined, [text]).then(() => part.bytes);
}

describe('a part of CSV', () => {
  it('is as long as its statements, or as its lines when cells are within others', async () => {
    const deep = { a: { a: { a: { a: 'x'.repeat(1_000) } } } };
    const text = JSON.stringify({ ...aStatement({ result: { extensions: { [NAME]: deep } } }), id: randomUUID() });
    const nested = `result.extensions["${NAME}"]`;
    const columns = ['result', 'result.extensions', nested, `${nested}.a`, `${nested}.a.a`];
    expect(await bytesWith(['id'], text)).toBe(text.length);
    expect(await bytesWith(columns, text)).toBeGreaterThan(5_000);
  });
});
