import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_LIMIT = 10;
const LAST_LIMIT = 320;

/**
 * Writers that refer to each other, or write the same statements, can stand in each other's way round after round as
 * long as they keep step. So they get out of step: the second round follows at once, as mostly one writer only has
 * learnt something; later ones after a random time, within a limit that doubles from 10 to 320 ms.
 *
 * @param round 1 for the second round
 * @param random 0 ≤ random() < 1
 */
export async function pauseBefore(
  round: number,
  random: () => number = Math.random,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<void> {
  if (round < 2) return;
  await wait(random() * Math.min(FIRST_LIMIT * 2 ** (round - 2), LAST_LIMIT));
}
