import type { Check } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { aSmokeStatement } from '../smoke-data.ts';
import { getStatement, putStatement } from '../statements.ts';

const REQUESTS = 50;

export const timing: Check = {
  name: 'timing',
  proves: `${REQUESTS} reads by id in a row all succeed; how long they and first calls took is told.`,
  run: async (inspection) => {
    const { data, note, firstCalls } = inspection;
    const statement = aSmokeStatement(data, 'timing');
    await putStatement(inspection, statement);
    const times: number[] = [];
    for (let request = 0; request < REQUESTS; request += 1) {
      const answer = await getStatement(inspection, statement.id);
      times.push(answer.milliseconds);
      const isOk = expectStatus(inspection, answer, 200, {
        meaning: 'Clients find now and then what is there always.',
        advice: 'Look at the answers and the log: some instances of the function, or throttling, may be the reason.',
      });
      if (!isOk) break;
    }
    note(`read by id: median ${quantile(times, 0.5)} ms, 95 % within ${quantile(times, 0.95)} ms`);
    const first = Array.from(firstCalls, ([path, time]) => `${path} ${Math.round(time)} ms`);
    note(`first calls, with a cold start where the function was cold: ${first.join(', ')}`);
  },
};

/** @returns whole milliseconds */
export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
