import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startLrs } from '#test/support/lrs.ts';
import { readOptions, USAGE } from './conformance/options.ts';
import type { ConformanceOptions, SuiteVersion } from './conformance/options.ts';
import { report, resultOf } from './conformance/results.ts';
import type { VersionResult } from './conformance/results.ts';
import { runSuite } from './conformance/run-suite.ts';

const HOW_TO_GET_IT = `Set LRS_CONFORMANCE_SUITE to a checkout of the official suite. To get one:

  git clone https://github.com/adlnet/lrs-conformance-test-suite.git
  (cd lrs-conformance-test-suite && npm install)
  LRS_CONFORMANCE_SUITE=$PWD/lrs-conformance-test-suite npm run conformance
`;

async function main(parameters: readonly string[]): Promise<number> {
  const options = parse(parameters);
  if (typeof options === 'number') return options;
  const suite = resolve(process.env['LRS_CONFORMANCE_SUITE'] || '.');
  if (!existsSync(join(suite, 'bin/console_runner.js')) || !existsSync(join(suite, 'node_modules'))) {
    console.error(HOW_TO_GET_IT);
    return 2;
  }
  const results: VersionResult[] = [];
  for (const version of options.versions) {
    const result = await conform(suite, version, options);
    if (!options.json) console.log(report(result, options.grep === undefined));
    results.push(result);
  }
  if (options.json) console.log(JSON.stringify(results, null, 2));
  return results.every(({ conforms }) => conforms) ? 0 : 1;
}

/** @returns the options, or the exit code when there is nothing to run. */
function parse(parameters: readonly string[]): ConformanceOptions | number {
  try {
    const options = readOptions(parameters);
    if (options !== undefined) return options;
    console.log(USAGE);
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
}

/** Runs the tests of a version against an LRS that is started for them alone. */
async function conform(suite: string, version: SuiteVersion, { grep }: ConformanceOptions): Promise<VersionResult> {
  const lrs = await startLrs();
  try {
    const { url: endpoint, key, secret } = lrs;
    return resultOf(version, await runSuite({ suite, version, grep, endpoint, key, secret }), grep === undefined);
  } finally {
    await lrs.stop();
  }
}

process.exitCode = await main(process.argv.slice(2));
