import type { Slice } from '#bench/load/run-slice.ts';

/** Of one operation on one target. Times in milliseconds. */
export interface Figures {
  readonly requests: number;
  /** Requests a second. */
  readonly rate: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly failures: number;
  /** Some of what was wrong. */
  readonly examples: readonly string[];
  /** Of each slice, in the order in which they were run. */
  readonly slices: readonly SliceFigures[];
}

type SliceFigures = Pick<Figures, 'requests' | 'rate' | 'median' | 'p95' | 'p99'>;

const EXAMPLES = 3;

export function figuresOf(slices: readonly Slice[]): Figures {
  const failures = slices.flatMap((slice) => slice.failures);
  return {
    ...timesOf(slices),
    failures: failures.length,
    examples: [...new Set(failures)].slice(0, EXAMPLES),
    slices: slices.map((slice) => timesOf([slice])),
  };
}

function timesOf(slices: readonly Slice[]): SliceFigures {
  const times = slices.flatMap((slice) => slice.times).toSorted((one, other) => one - other);
  const elapsed = slices.reduce((sum, slice) => sum + slice.elapsed, 0);
  return {
    requests: times.length,
    rate: times.length === 0 ? 0 : (times.length * 1_000) / elapsed,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
  };
}

/** @param sorted ascending. @returns the smallest value that is not below so many of them. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
