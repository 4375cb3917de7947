import type { Cost, Meter } from '#bench/capacity/meter.ts';
import { store } from '#bench/capacity/population.ts';
import { prepareScene, type Step } from '#bench/capacity/scene.ts';
import { type Shape, SHAPE_NAMES } from '#bench/capacity/shapes.ts';
import type { StatementStore } from '#storage/statement-store.ts';

export interface Figure {
  /** Statements that were stored before. */
  readonly stored: number;
  /** Absent: of no statement. */
  readonly shape?: Shape;
  readonly step: Step | 'authorise a request, warm';
  readonly cost: Cost;
}

interface Options {
  readonly statements: StatementStore;
  readonly meter: Meter;
  /** Ascending. */
  readonly sizes: readonly number[];
  /** A request that is authorised in a process that has authorised one of the same credential. */
  readonly authorise: () => Promise<unknown>;
  readonly progress: (text: string) => void;
}

/** Stored at once between two lines that tell how far it is. */
const LOT = 5_000;

export async function measure({ statements, meter, sizes, authorise, progress }: Options): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let filled = 0;
  for (const stored of sizes) {
    while (filled < stored) {
      progress(`${filled} of ${stored} statements stored`);
      const count = Math.min(LOT, stored - filled);
      await store(statements, count, filled);
      filled += count;
    }
    figures.push({ stored, step: 'authorise a request, warm', cost: await meter.measure(authorise) });
    for (const shape of SHAPE_NAMES) figures.push(...(await measureShape(statements, meter, stored, shape)));
  }
  return figures;
}

async function measureShape(
  statements: StatementStore,
  meter: Meter,
  stored: number,
  shape: Shape,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const operations = await prepareScene(statements, shape);
  for (const step of stepsIn(operations)) {
    figures.push({ stored, shape, step, cost: await meter.measure(operations[step]) });
  }
  return figures;
}

function stepsIn(operations: Readonly<Record<Step, unknown>>): readonly Step[] {
  const steps: Step[] = [];
  for (const step in operations) if (isStep(step, operations)) steps.push(step);
  return steps;
}

function isStep(name: string, operations: Readonly<Record<Step, unknown>>): name is Step {
  return Object.hasOwn(operations, name);
}
