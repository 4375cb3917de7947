import type { Context } from 'aws-lambda';

/** Milliseconds that such a function has, as it is deployed. */
export const TIME_LIMIT = 900_000;

/** A function of the LRS that is not called by the gateway. Its event is JSON, as Lambda gets it. */
export type LocalFunction = (event: string, context: Context) => Promise<unknown>;

export function localFunction(handler: (event: unknown, context: Context) => Promise<unknown>): LocalFunction {
  return async (event, context) => {
    const parsed: unknown = JSON.parse(event);
    return handler(parsed, context);
  };
}
