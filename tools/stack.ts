import { text } from 'node:stream/consumers';
import { translateStack } from './stack/translate-stack.ts';
import { bundleFunction } from '#lib/bundle/bundle-functions.ts';
import { RIGHTS } from '#lib/rights.ts';

const USAGE = `Translates the stacks in the log of a deployed function to positions in its source. The commit that is deployed has to be
checked out: the same source gives the same bundle.

Usage: npm run --silent stack -- FUNCTION < LOG

  FUNCTION    one of ${Object.keys(RIGHTS).join(', ')}
  LOG         a stack, or lines of the log

Example: npm run --silent stack -- statements < lines.json`;

async function main([name = '', ...others]: readonly string[]): Promise<number> {
  if (name === '--help') {
    console.log(USAGE);
    return 0;
  }
  const problem = problemOf(name, others);
  if (problem !== undefined) {
    console.error(`${problem}\n\n${USAGE}`);
    return 2;
  }
  process.stdout.write(translateStack(await text(process.stdin), await bundleFunction(name)));
  return 0;
}

function problemOf(name: string, others: readonly string[]): string | undefined {
  if (name === '') return 'FUNCTION is missing.';
  if (!Object.keys(RIGHTS).includes(name)) return `There is no function ${name}.`;
  return others.length > 0 ? `${others.join(' ')} is too much: the log comes from standard input.` : undefined;
}

process.exitCode = await main(process.argv.slice(2));
