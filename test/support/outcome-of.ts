import { XapiError } from '#xapi/errors.ts';

/** What becomes of statements: `stored`, or the code of the error that a client gets. @throws every other error */
export async function outcomeOf(storing: Promise<unknown>): Promise<string> {
  try {
    await storing;
    return 'stored';
  } catch (error) {
    if (error instanceof XapiError) return error.code;
    throw error;
  }
}
