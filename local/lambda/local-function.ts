import type { Context } from 'aws-lambda';

/** Milliseconds that such a function has, as it is deployed. */
export const TIME_LIMIT = 900_000;

/** A function of the LRS that is not called by the gateway. */
export type LocalFunction = (event: unknown, context: Context) => Promise<unknown>;
