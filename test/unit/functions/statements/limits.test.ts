import { expect, it } from 'vitest';
import { pageLimit } from '#functions/statements/limits.ts';

it.each([
  [0, 500],
  [1, 1],
  [500, 500],
  [501, 500],
])('a limit of %i gives a page of %i', (limit, expected) => {
  expect(pageLimit(limit)).toBe(expected);
});
