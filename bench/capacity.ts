import { excesses } from '#bench/capacity/budgets.ts';
import { authorising } from '#bench/capacity/authorising.ts';
import { type Figure, measure } from '#bench/capacity/measure.ts';
import { meter } from '#bench/capacity/meter.ts';
import { openStores } from '#bench/capacity/operations.ts';
import { type CapacityOptions, readCapacityOptions, SIZES, WRITE_COMMAND } from '#bench/capacity/options.ts';
import { tableOf } from '#bench/capacity/report.ts';
import { startEngines } from '#bench/support/engines.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { withStack } from '#bench/support/with-stack.ts';
import { dynamoDbClient } from '#functions/authorized-deps.ts';
import { BODY_VARIABLES, bucketOf } from '#functions/body-items.ts';
import { LOCAL_TABLES } from '#local/function-variables.ts';
import { readEnvironment } from '#runtime/environment.ts';

const PAGE = 'docs/performance.md';

const USAGE = `Measures what each operation takes of DynamoDB, in requests one after another, in requests at all and in units, on the
embedded engine: for small, typical, large and many-related statements, in stores of several sizes.
Filling takes about a minute for each 100,000 statements.

Usage: npm run bench:capacity -- [options]

  --sizes N,N    statements that are stored, ascending; ${SIZES} unless given
  --shards N     partitions that the rows of one verb, activity or moment are spread over, 1 unless given
  --million      measures with 1,000,000 stored as well, which takes ten minutes or more
  --json         the figures as JSON
  --write        puts the table into ${PAGE}; with --million, without --sizes and --shards
  --help         prints this

Exit code: 0 when all budgets are kept and nothing takes more where more is stored, 1 when not, 2 when an option is wrong.

Examples:
  npm run bench:capacity
  npm run bench:capacity -- --sizes 1000,10000
  npm run bench:capacity -- --shards 16 --sizes 5000
  npm run bench:capacity -- --million --write`;

async function run({ shards, sizes, json, write }: CapacityOptions): Promise<number> {
  const figures = await withStack((stack) => bench(sizes, shards, stack));
  const table = `${tableOf(figures)}\n\n${describeMachine(Date.now())}.`;
  if (write) await writeSection(PAGE, WRITE_COMMAND, table);
  console.log(json ? JSON.stringify(figures, undefined, 2) : table);
  const problems = excesses(figures);
  for (const sentence of problems) console.error(sentence);
  return problems.length === 0 ? 0 : 1;
}

async function bench(
  sizes: readonly number[],
  shards: number,
  stack: AsyncDisposableStack,
): Promise<readonly Figure[]> {
  const { variables, authorization } = await startEngines(stack);
  const environment = readEnvironment([...BODY_VARIABLES], variables);
  const metered = meter(dynamoDbClient(environment), bucketOf(environment));
  const { client } = metered;
  const { statements } = openStores({ client, names: LOCAL_TABLES }, metered.objects, shards);
  const authorise = await authorising(client, LOCAL_TABLES.registry, authorization);
  const figures = await measure({ statements, meter: metered, sizes, authorise, progress });
  progress('');
  return figures;
}

await runBenchmark({ usage: USAGE, readOptions: readCapacityOptions, run });
