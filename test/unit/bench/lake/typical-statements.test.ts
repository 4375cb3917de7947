import { describe, expect, it } from 'vitest';
import { Random } from '#bench/lake/random.ts';
import { TypicalStatements } from '#bench/lake/typical-statements.ts';
import { validateStatement } from '#xapi/statement/validate-statement.ts';

const START = Date.UTC(2026, 0, 31, 8);

function made(count: number, seed = 1) {
  const typical = new TypicalStatements(new Random(seed));
  return Array.from({ length: count }, (_, index) => typical.make(START + index));
}

describe('typical statements', () => {
  it('are valid', () => {
    for (const statement of made(300)) expect(() => validateStatement(statement, '1.0.3', '$')).not.toThrow();
  });

  it('are the same for the same seed, and differ from each other', () => {
    expect(made(50)).toEqual(made(50));
    expect(made(50, 2)).not.toEqual(made(50));
    expect(new Set(made(300).map(({ id }) => id))).toHaveLength(300);
  });

  it('have about 1.3 KB', () => {
    const sizes = made(1_000).map((statement) => Buffer.byteLength(JSON.stringify(statement)));
    const average = sizes.reduce((sum, size) => sum + size) / sizes.length;
    expect(average).toBeGreaterThan(1_250);
    expect(average).toBeLessThan(1_600);
  });
});
