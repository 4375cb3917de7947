import { describe, expect, it } from 'vitest';
import { PageBuilder } from '#storage/dynamodb/statements/page-builder.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';

const BUDGET = 2_000;

const stored = (at: string, text = 'text'): StoredStatement => ({
  id: at,
  at,
  text,
  bytes: Buffer.byteLength(text),
  voided: false,
});

const idsOf = ({ statements }: { readonly statements: readonly StoredStatement[] }) => statements.map(({ id }) => id);

describe('PageBuilder', () => {
  it('refuses what goes beyond the limit, and continues after the last it took', () => {
    const page = new PageBuilder('time', 2, 1_000);
    expect([page.add(stored('a')), page.add(stored('b')), page.add(stored('c'))]).toEqual([true, true, false]);
    expect(page.room).toBe(0);
    expect(idsOf(page.endBefore(undefined))).toEqual(['a', 'b']);
    expect(page.endBefore(undefined).next).toBe('b');
  });

  it('continues behind all that begins before, when the next is known to follow on the last it took', () => {
    const page = new PageBuilder('time', 2, 1_000);
    page.add(stored('a'));
    page.add(stored('b'));
    expect(['b', 'a', 'bb'].map((cutAfter) => page.endBefore(cutAfter).next)).toEqual(['b~time', 'b', 'b']);
  });

  it('ends without `next` when nothing follows', () => {
    const page = new PageBuilder('time', 2, 1_000);
    expect(page.end()).toEqual({ statements: [] });
    page.add(stored('a'));
    expect(page.end()).toEqual({ statements: [stored('a')] });
  });

  it.each([
    ['takes what fills the bytes exactly', ['12345', '12345'], [true, true]],
    ['refuses what takes it beyond the bytes', ['12345', '123456'], [true, false]],
    ['takes the first, however large', ['12345678901234567890', '1'], [true, false]],
    ['counts bytes, not characters', ['ééé', '12345'], [true, false]],
  ])('%s', (_, texts, taken) => {
    const page = new PageBuilder('time', 10, 10);
    expect(texts.map((text, index) => page.add(stored(`p${index}`, text)))).toEqual(taken);
  });

  it('stops looking when the budget is used up, once it holds a statement', () => {
    const page = new PageBuilder('time', 10, 1_000);
    for (let looked = 1; looked < BUDGET + 100; looked += 1)
      expect(page.isOverBudget({ at: `at-${looked}` })).toBe(false);
    page.add(stored('found'));
    expect(page.isOverBudget({ at: 'at-found' })).toBe(true);
    expect(page.endAfterLooking()).toEqual({ statements: [stored('found')], next: 'at-found' });
  });

  it('stops looking when the budget is used up, though it holds nothing, where it may be empty', () => {
    const page = new PageBuilder('time', 10, 1_000, true);
    for (let looked = 1; looked < BUDGET; looked += 1) expect(page.isOverBudget({ at: `at-${looked}` })).toBe(false);
    expect(page.isOverBudget({ at: 'at-last' })).toBe(true);
    expect(page.endAfterLooking()).toEqual({ statements: [], next: 'at-last' });
  });
});
