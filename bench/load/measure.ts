import { allOperations } from '#bench/load/all-operations.ts';
import { fill } from '#bench/load/fill.ts';
import type { Figures } from '#bench/load/figures.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Dataset, Operation } from '#bench/load/operation.ts';
import type { Side } from '#bench/load/side.ts';
import { takeTurns, type TurnLimits } from '#bench/load/take-turns.ts';

export interface LoadOptions extends TurnLimits {
  /** Of all that is sent; another with each run, or the answers would be about what is there already. */
  readonly seed: string;
  /** Statements that are there before the reads. */
  readonly stored: number;
  /** Requests at once of each operation whose name does not say; absent: those of the operation. */
  readonly inFlight?: number;
  /** What one of has to be in the name of an operation that is measured. */
  readonly only: readonly string[];
  readonly progress: (text: string) => void;
  /** Waits until what was stored makes no more work: it goes on into the lake, and nobody is measured meanwhile. */
  readonly settle: (before: string) => Promise<void>;
}

export interface Row {
  readonly operation: Pick<Operation, 'name' | 'inFlight' | 'statements'>;
  /** In the order of the sides. */
  readonly figures: readonly Figures[];
}

/** Every operation on every LRS, which take turns, so that a slow moment of the machine meets them all. */
export async function measure(sides: readonly Side[], options: LoadOptions): Promise<readonly Row[]> {
  const { seed, stored, inFlight, only, progress, settle } = options;
  const dataset: Dataset = { seed, count: stored, since: new Date(Date.now() - 1_000).toISOString() };
  const chosen = allOperations(dataset)
    .filter(({ name }) => only.some((text) => name.includes(text)))
    .map((operation) => withInFlight(operation, inFlight));
  const filled = new WeakSet<LrsClient>();
  const rows: Row[] = [];
  for (const operation of chosen) {
    const clients: LrsClient[] = [];
    for (const side of sides) clients.push(await side.ready());
    const empty = clients.filter((client) => !filled.has(client));
    for (const client of empty) {
      await fill(client, seed, stored, progress);
      filled.add(client);
    }
    if (empty.length > 0) await settle(operation.name);
    progress(operation.name);
    const figures = await takeTurns(
      clients.map((client) => ({ client, operation })),
      options,
      settle,
    );
    progress(`${operation.name}: ${figures.map(({ rate }) => Math.round(rate)).join(' and ')} requests a second`);
    rows.push({ operation, figures });
  }
  return rows;
}

function withInFlight(operation: Operation, inFlight: number | undefined): Operation {
  return inFlight === undefined || operation.name.includes('in flight') ? operation : { ...operation, inFlight };
}
