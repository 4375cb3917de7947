import { type Figures, figuresOf } from '#bench/load/figures.ts';
import { SOAK_GOAL } from '#bench/load/goals.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import { runSlice } from '#bench/load/run-slice.ts';
import { postOnes } from '#bench/load/store-operations.ts';

/** How fast the first of many requests were, and the last. */
export interface Soak {
  readonly requests: number;
  readonly first: Figures;
  readonly last: Figures;
  readonly failures: number;
}

const IN_FLIGHT = 16;
/** So many that what is stored goes on into the lake from the first on that is counted: that begins after two seconds. */
const WARM_UP = 3_000;
/** Milliseconds. */
const LIMIT = 900_000;

/** Whether the last were as fast as the first, and all answers right. */
export function isSteady({ first, last, failures }: Soak): boolean {
  return failures === 0 && last.rate >= SOAK_GOAL * first.rate;
}

/** Posts single statements, and compares the first thousand with the last. */
export async function soak(client: LrsClient, seed: string, count: number): Promise<Soak> {
  const operation = postOnes('soak', IN_FLIGHT, `${seed}-soak`);
  const part = Math.min(1_000, Math.floor(count / 2));
  const run = (first: number, some: number) => runSlice(client, operation, { first, count: some, time: LIMIT });
  await run(count, WARM_UP);
  const first = await run(0, part);
  const between = await run(part, count - 2 * part);
  const last = await run(count - part, part);
  const all = figuresOf([first, between, last]);
  return { requests: all.requests, first: figuresOf([first]), last: figuresOf([last]), failures: all.failures };
}
