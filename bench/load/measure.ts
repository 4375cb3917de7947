import { attachmentOperations } from '#bench/load/attachment-operations.ts';
import { documentOperations } from '#bench/load/document-operations.ts';
import { type Figures, figuresOf } from '#bench/load/figures.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Dataset, Operation } from '#bench/load/operation.ts';
import { fill } from '#bench/load/fill.ts';
import { readOperations } from '#bench/load/read-operations.ts';
import { runSlice, type Slice } from '#bench/load/run-slice.ts';
import { storeOperations } from '#bench/load/store-operations.ts';

export interface LoadOptions {
  /** Of all that is sent; another with each run, or the answers would be about what is there already. */
  readonly seed: string;
  /** Statements that are there before the reads. */
  readonly stored: number;
  /** Requests of one operation to one target, at most. */
  readonly count: number;
  /** Milliseconds of one operation on one target, at most. */
  readonly time: number;
  /** What one of has to be in the name of an operation that is measured. */
  readonly only: readonly string[];
  /** Times that the targets take turns in one operation. */
  readonly rounds: number;
  readonly progress: (text: string) => void;
}

export interface Row {
  readonly operation: Pick<Operation, 'name' | 'inFlight' | 'statements'>;
  /** In the order of the targets. */
  readonly figures: readonly Figures[];
}

/** Of the requests of an operation: those that are sent before, and not counted. */
const WARM_UP = 0.1;

/** Every operation on every target, which take turns, so that a slow moment of the machine meets them all. */
export async function measure(clients: readonly LrsClient[], options: LoadOptions): Promise<readonly Row[]> {
  const { seed, stored, progress } = options;
  const rows: Row[] = [];
  const run = async (operations: readonly Operation[]): Promise<void> => {
    for (const operation of operations.filter(({ name }) => options.only.some((text) => name.includes(text)))) {
      progress(operation.name);
      rows.push({ operation, figures: await takeTurns(clients, operation, options) });
    }
  };
  const since = new Date(Date.now() - 1_000).toISOString();
  for (const client of clients) await fill(client, seed, stored, progress);
  const dataset: Dataset = { seed, count: stored, since };
  await run(readOperations(dataset));
  await run(storeOperations(seed));
  await run(documentOperations(`${seed}-e`));
  await run(attachmentOperations(`${seed}-f`));
  return rows;
}

async function takeTurns(
  clients: readonly LrsClient[],
  operation: Operation,
  { count, time, rounds }: LoadOptions,
): Promise<readonly Figures[]> {
  const slices = clients.map((): Slice[] => []);
  const warmUp = Math.ceil(count * WARM_UP);
  const each = Math.ceil(count / rounds);
  for (const client of clients) await runSlice(client, operation, { first: count, count: warmUp, time: time / 2 });
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, client] of clients.entries()) {
      const limits = { first: round * each, count: each, time: time / rounds };
      slices[index]?.push(await runSlice(client, operation, limits));
    }
  }
  return slices.map(figuresOf);
}
