import type { Context } from 'aws-lambda';

/** A function of the LRS that is not called by the gateway. */
export type LocalFunction = (event: unknown, context: Context) => Promise<unknown>;
