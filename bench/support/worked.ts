import type { CpuInfo } from 'node:os';

/** Milliseconds that all processors together have worked since the machine was started. */
export function worked(processors: readonly Pick<CpuInfo, 'times'>[]): number {
  return processors.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
