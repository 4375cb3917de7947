import { expect } from 'vitest';

import { XapiError } from '#xapi/errors.ts';
import type { Problem } from '#xapi/errors.ts';

/** What a client is told when `act` refuses its input; the test fails when it does not, or throws something else. */
export function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof XapiError) return error.problem;
    throw error;
  }
  return expect.fail('Nothing was refused.');
}
