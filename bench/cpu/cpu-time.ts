/** Microseconds of CPU, of all threads of this process. */
export interface CpuTime {
  /** Of the rounds: what other programs disturb least. */
  readonly least: number;
  readonly median: number;
}

const ROUNDS = 15;
/** Milliseconds that a round takes at least, and the rounds before that are not counted. */
const ROUND_TIME = 100;
const WARM_UP_TIME = 1_500;

/** @param work done again and again @param units that it does at once: the result is for one of them */
export async function cpuTimeOf(work: () => unknown, units: number): Promise<CpuTime> {
  await repeat(work, WARM_UP_TIME);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    const times = await repeat(work, ROUND_TIME);
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / times / units);
  }
  const sorted = rounds.sort((one, other) => one - other);
  return { least: sorted[0] ?? Number.NaN, median: sorted[Math.floor(ROUNDS / 2)] ?? Number.NaN };
}

/** @returns how many times. */
async function repeat(work: () => unknown, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let times = 0;
  while (performance.now() < end) {
    await work();
    times += 1;
  }
  return times;
}
