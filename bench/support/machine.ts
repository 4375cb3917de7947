import { availableParallelism, cpus } from 'node:os';

/** What figures hold for: the machine, Node and the date. @param now milliseconds since 1970 */
export function describeMachine(now: number): string {
  const [cpu] = cpus();
  const processors = `${availableParallelism()} × ${cpu?.model.trim() ?? 'unknown processor'}`;
  return `${processors}, Node ${process.version.slice(1)}, ${new Date(now).toISOString().slice(0, 10)}`;
}
