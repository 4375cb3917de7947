import type { ResourceDeps } from '#http/resource.ts';
import type { Environment } from '#runtime/environment.ts';
import { createLogger, writeToStdout } from '#runtime/logger.ts';

/*
 * What the composition roots of all functions have in common. Each takes the part of the environment it needs, a
 * function names exactly the variables of the parts it uses, and imports, so bundles, nothing else.
 */

/** The part of the environment that has these variables. */
export type Part<Names extends readonly (keyof Environment)[]> = Pick<Environment, Names[number]>;

export const LOG_VARIABLES = ['LOG_LEVEL', 'LRS_METRICS_NAMESPACE'] as const;

export function resourceDeps({ LOG_LEVEL, LRS_METRICS_NAMESPACE }: Part<typeof LOG_VARIABLES>): ResourceDeps {
  return { logger: createLogger(LOG_LEVEL, writeToStdout, Date.now, LRS_METRICS_NAMESPACE), now: Date.now };
}
