import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from '#functions/jobs/export/csv.ts';

describe('a line of CSV (RFC 4180)', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c"d', 'e\nf', 'g\rh', ' i '], '"a,b","c""d","e\nf","g\rh", i \r\n'],
    [['', ''], ',\r\n'],
    [[''], '""\r\n'],
    [['ä', '漢'], 'ä,漢\r\n'],
  ])('of %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  it('gives its cells back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', ' ', "'") }), { minLength: 1 }),
        (cells) => {
          expect(cellsIn(csvLine(cells))).toEqual(cells);
        },
      ),
    );
  });
});

describe('a cell', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    ['', ''],
    [true, 'true'],
    [-1.5, '-1.5'],
    [{ en: '=1' }, '{"en":"=1"}'],
    [['a'], '["a"]'],
    ['=HYPERLINK("http://example.com")', '\'=HYPERLINK("http://example.com")'],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    [' =1', "' =1"],
    ['\u00a0@A1', "'\u00a0@A1"],
    ['\ufeff\0=1', "'\ufeff\0=1"],
    ['\u200b-1', "'\u200b-1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    [' a=1', ' a=1'],
    ['-1.5', '-1.5'],
    ['-1e10', '-1e10'],
    ['+1', "'+1"],
    ['-', "'-"],
    ["'=1", "'=1"],
    ['a=1', 'a=1'],
  ])('of %j is %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

/** A reader of one line, by the grammar of the RFC. */
function cellsIn(line: string): readonly string[] {
  const cells: string[] = [];
  for (let rest = `,${line.slice(0, -2)}`; rest !== '';) {
    const [cell = '', quoted, plain = ''] = /^,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/u.exec(rest) ?? [];
    if (cell === '') throw new Error(`${JSON.stringify(rest)} is no cell.`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(cell.length);
  }
  return cells;
}
