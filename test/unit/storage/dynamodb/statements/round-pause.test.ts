import { describe, expect, it } from 'vitest';
import { pauseBefore } from '#storage/dynamodb/statements/round-pause.ts';

describe('the pause before another round', () => {
  it.each([
    [0, []],
    [1, []],
    [2, [5]],
    [3, [10]],
    [7, [160]],
    [11, [160]],
  ])('before round %d is %j ms at a random number of a half', async (round, expected) => {
    const pauses: number[] = [];
    await pauseBefore(
      round,
      () => 0.5,
      async (milliseconds) => pauses.push(milliseconds),
    );
    expect(pauses).toEqual(expected);
  });
});
