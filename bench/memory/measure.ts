import { join } from 'node:path';
import { callBundle } from '#bench/cold/call-bundle.ts';
import { eventOf } from '#bench/cold/first-requests.ts';
import type { Engines } from '#bench/support/engines.ts';
import { statementAt } from '#bench/support/generated.ts';

export interface Figure {
  /** Statements of the array. */
  readonly statements: number;
  /** Bytes of its JSON. */
  readonly sent: number;
  /** Bytes that the process had resident, at the most. */
  readonly peak: number;
}

const ARRAYS = [1, 50, 500, 5_000];

/** Milliseconds for the life of a process. */
const LIMIT = 60_000;

/** @param bundle folder of the statements function @throws Error when the function does not store the array. */
export async function measure(
  bundle: string,
  { variables, authorization, basePath }: Engines,
  progress: (text: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const statements of ARRAYS) {
    progress(`an array of ${statements}`);
    const body = JSON.stringify(Array.from({ length: statements }, (_, index) => lean(`memory-${statements}`, index)));
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const event = eventOf(`${basePath}/statements`, request, authorization);
    const { peakMemory, results } = await callBundle(join(bundle, 'index.mjs'), variables, [event], LIMIT);
    const status = results[0]?.result.statusCode;
    if (status !== 200) throw new Error(`An array of ${statements} was answered with ${status}.`);
    figures.push({ statements, sent: body.length, peak: peakMemory });
  }
  return figures;
}

/** About 1 KB, so that 5,000 of them are within what an event may hold. */
function lean(seed: string, index: number): object {
  const { result, ...rest } = statementAt(seed, index);
  return { ...rest, result: { success: result?.success } };
}
