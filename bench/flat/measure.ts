import { openFilled, type FilledOptions } from '#bench/flat/filled-lrs.ts';
import { type Figures, figuresOf } from '#bench/load/figures.ts';
import { readOperations } from '#bench/load/read-operations.ts';
import { takeTurns } from '#bench/load/take-turns.ts';

export interface FlatOptions extends Omit<FilledOptions, 'stored'> {
  /** Statements stored in each of the LRSs, ascending. */
  readonly sizes: readonly [number, number];
  /** Requests of one operation to one LRS that are counted. */
  readonly count: number;
  /** Waits until an LRS that has just been started makes no more work. */
  readonly settle: (before: string) => Promise<void>;
}

/** An operation with few statements stored, and with many. */
export interface FlatRow {
  readonly name: string;
  readonly inFlight: number;
  /** Statements of each page. */
  readonly statements: number;
  readonly few: Figures;
  readonly many: Figures;
}

/** Of the LRSs in one operation: so short that a slow moment of the machine meets both. */
const ROUNDS = 20;
/** Milliseconds of one operation on one LRS, at most. */
const TIME = 120_000;

/** Reads the same from two LRSs of this machine, by turns. @param stack ends them */
export async function measure(
  { sizes, count, settle, ...options }: FlatOptions,
  stack: AsyncDisposableStack,
): Promise<readonly FlatRow[]> {
  const [few, many] = [
    await openFilled({ ...options, stored: sizes[0] }, stack),
    await openFilled({ ...options, stored: sizes[1] }, stack),
  ];
  await settle('the first operation');
  const comparedWith = sizes[0];
  const ofMany = readOperations({ ...many.dataset, comparedWith });
  const rows: FlatRow[] = [];
  for (const [index, operation] of readOperations({ ...few.dataset, comparedWith }).entries()) {
    options.progress(operation.name);
    const [fewFigures = NOTHING, manyFigures = NOTHING] = await takeTurns(
      [
        { client: few.client, operation },
        { client: many.client, operation: ofMany[index] ?? operation },
      ],
      { count, warmUp: Math.ceil(count / 10), time: TIME, rounds: ROUNDS },
      settle,
    );
    const { name, inFlight, statements } = operation;
    rows.push({ name, inFlight, statements, few: fewFigures, many: manyFigures });
  }
  return rows;
}

const NOTHING = figuresOf([]);
