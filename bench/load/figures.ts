import type { Slice } from '#bench/load/run-slice.ts';

/** Of one operation on one target. Times in milliseconds. */
export interface Figures {
  readonly requests: number;
  /** Requests a second. */
  readonly rate: number;
  readonly median: number;
  readonly p95: number;
  readonly failures: number;
  /** Some of what was wrong. */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

export function figuresOf(slices: readonly Slice[]): Figures {
  const times = slices.flatMap((slice) => slice.times).toSorted((one, other) => one - other);
  const failures = slices.flatMap((slice) => slice.failures);
  const elapsed = slices.reduce((sum, slice) => sum + slice.elapsed, 0);
  return {
    requests: times.length,
    rate: times.length === 0 ? 0 : (times.length * 1_000) / elapsed,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    failures: failures.length,
    examples: [...new Set(failures)].slice(0, EXAMPLES),
  };
}

/** @param sorted ascending. @returns the smallest value that is not below so many of them. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
