import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields } from '#cli/output/fields.ts';
import { type Column, table } from '#cli/output/table.ts';
import { shortened, widthOf } from '#cli/output/width.ts';

interface Row {
  readonly key: string;
  readonly label: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'KEY', of: ({ key }) => key },
  { head: 'LABEL', of: ({ label }) => label, mayBeCut: true },
];

describe('a table', () => {
  it('has aligned columns, and a dash where there is nothing', () => {
    const rows = [
      { key: 'a', label: 'One' },
      { key: 'long', label: '' },
    ];
    expect(table(COLUMNS, rows)).toBe('KEY   LABEL\na     One\nlong  –\n');
  });

  it('aligns what is two columns wide', () => {
    expect(table([...COLUMNS].reverse(), [{ key: 'a', label: '学習😀' }])).toBe('LABEL   KEY\n学習😀  a\n');
  });

  it('cuts what may be cut to the width of the terminal, and nothing else', () => {
    const row = { key: 'k'.repeat(32), label: 'label '.repeat(10) };
    const lines = table(COLUMNS, [row], 60).split('\n');
    expect(lines[1]).toBe(`${row.key}  ${row.label.slice(0, 25)}…`);
    expect(table(COLUMNS, [row], 42)).toContain(`${row.key}  label l…`);
  });

  it('puts below a row what there is no room for beside it, and cuts nothing', () => {
    const rows = [
      { key: 'k'.repeat(32), label: 'A label that is long' },
      { key: 'k', label: '' },
    ];
    expect(table(COLUMNS, rows, 40)).toBe(`KEY\n${'k'.repeat(32)}\n    label A label that is long\nk\n`);
  });

  it('leaves room for a line of text where there is no terminal', () => {
    const row = { key: 'k'.repeat(200), label: 'l'.repeat(200) };
    expect(table(COLUMNS, [row])).toContain(`${row.key}  ${'l'.repeat(59)}…`);
  });

  it('has one line for a row, whatever others have put into a label', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '学', '\n', '\r', '\t', '\u001B', '\u009B', '\u202E') }),
        (label) => {
          const text = table(COLUMNS, [{ key: 'a', label }]);
          expect(text.split('\n')).toHaveLength(3);
          expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
        },
      ),
    );
  });
});

describe('a text that is cut', () => {
  it('is as wide as there is room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const cut = shortened(text, width);
        expect(widthOf(cut)).toBeLessThanOrEqual(width);
        expect(cut === text).toBe(widthOf(text) <= width);
      }),
    );
  });
});

describe('fields', () => {
  it('have names and values, without those that have none', () => {
    expect(fields({ Key: 'a', 'Last used': '', Expires: undefined, Scopes: 'all' })).toBe('Key     a\nScopes  all\n');
  });
});
