import { describe, expect, it } from 'vitest';
import { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';

const items = (...sizes: readonly number[]) => sizes.map((size) => ({ size }));

describe('UsualItems', () => {
  it('are guessed, and for a large page not all of them, of a partition that was not read before', () => {
    const usual = new UsualItems();
    expect([1, 50, 100, 500].map((statements) => usual.for('p', statements))).toEqual([1, 10, 20, 20]);
  });

  it('are as many as hold the statements, by what was read last', () => {
    const usual = new UsualItems();
    usual.note('p', items(50, 10));
    expect([1, 50, 500].map((statements) => usual.for('p', statements))).toEqual([1, 2, 17]);
    usual.note('p', items(50));
    expect(usual.for('p', 500)).toBe(10);
    expect(usual.for('another', 50)).toBe(10);
  });

  it.each([[1, 1, 1], [4], [0.5]])('are never more than are guessed, though items held %s', (...sizes) => {
    const usual = new UsualItems();
    usual.note('p', items(...sizes));
    expect([1, 50, 100, 500].map((statements) => usual.for('p', statements))).toEqual([1, 10, 20, 20]);
  });

  it('stay what they are when nothing was there', () => {
    const usual = new UsualItems();
    usual.note('p', items(50));
    usual.note('p', []);
    usual.note('p', items(0));
    expect(usual.for('p', 50)).toBe(1);
  });

  it('are kept of the partitions that were read last', () => {
    const usual = new UsualItems();
    for (let number = 0; number <= 1_000; number += 1) usual.note(`p${number}`, items(50));
    expect(usual.for('p0', 50)).toBe(10);
    expect(usual.for('p1000', 50)).toBe(1);
  });
});
