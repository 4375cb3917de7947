import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { scoreInRange } from '#xapi/statement/rules/score-in-range.ts';

describe('score (xAPI 1.0.3, Data 2.4.5.1)', () => {
  it.each([{}, { raw: 5 }, { min: 0 }, { max: 0 }, { raw: 0, min: 0, max: 1 }, { raw: 1, min: 0, max: 1 }])(
    'may be %j',
    (score) => {
      expect(scoreInRange(score, '$')).toBeUndefined();
    },
  );

  it.each([
    [{ min: 1, max: 1 }, '$.min', 'a number less than 1'],
    [{ min: 2, max: 1, raw: 1.5 }, '$.min', 'a number less than 1'],
    [{ raw: 1.1, max: 1 }, '$.raw', 'a number at most 1'],
    [{ raw: -1, min: 0 }, '$.raw', 'a number at least 0'],
  ])('may not be %j', (score, path, expected) => {
    expect(scoreInRange(score, '$')).toMatchObject({ path, expected });
  });

  it('is valid exactly when min < max and min ≤ raw ≤ max', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (min, raw, max) => {
        const valid = min < max && min <= raw && raw <= max;
        expect(scoreInRange({ min, raw, max }, '$') === undefined).toBe(valid);
      }),
    );
  });
});
