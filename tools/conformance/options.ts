import { parseArgs } from 'node:util';

/** The versions of the suite, and the number of tests each has at least: fewer mean that some did not run. */
export const FEWEST_TESTS = { '1.0.3': 1_365, '2.0.0': 1_442 } as const;

export type SuiteVersion = keyof typeof FEWEST_TESTS;

export interface ConformanceOptions {
  readonly versions: readonly SuiteVersion[];
  /** A pattern of titles; undefined for all tests. */
  readonly grep: string | undefined;
  readonly json: boolean;
}

export const USAGE = `Runs the official conformance suite in LRS_CONFORMANCE_SUITE against a throw-away LRS.

Usage: npm run conformance -- [options]

  --only VERSION    1.0.3 or 2.0.0; both unless given
  --grep PATTERN    tests with such a title; all unless given
  --json            the results as JSON
  --help            prints this`;

/** @returns undefined for `--help`. @throws Error when the parameters are not as `USAGE` says. */
export function readOptions(parameters: readonly string[]): ConformanceOptions | undefined {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      only: { type: 'string' },
      grep: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const versions = (['1.0.3', '2.0.0'] as const).filter((version) => (values.only ?? version) === version);
  if (versions.length === 0) throw new Error(`There is no suite for version ${values.only}.`);
  return { versions, grep: values.grep, json: values.json };
}
