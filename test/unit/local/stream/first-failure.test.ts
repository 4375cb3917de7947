import { describe, expect, it } from 'vitest';
import { firstFailure } from '#local/stream/first-failure.ts';

const SEQUENCES = ['10', '11', '12'];

function failing(...identifiers: readonly unknown[]): unknown {
  return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}

describe('firstFailure', () => {
  it.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    'takes %j for a complete success',
    (answer) => {
      expect(firstFailure(SEQUENCES, answer)).toBeUndefined();
    },
  );

  it('finds the first record that was named, wherever that is in the answer', () => {
    expect(firstFailure(SEQUENCES, failing('12', '11'))).toBe(1);
    expect(firstFailure(SEQUENCES, failing('10'))).toBe(0);
  });

  it.each([failing(''), failing(null), failing('12', 'other'), { batchItemFailures: [{ other: '12' }] }, failing(12)])(
    'takes %j for a complete failure',
    (answer) => {
      expect(firstFailure(SEQUENCES, answer)).toBe(0);
    },
  );
});
