import type { Figure } from '#bench/memory/measure.ts';
import { markdownTable } from '#bench/support/table.ts';

/** Bytes for the largest array. */
const GOAL = 256_000_000;

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ statements, sent, peak }) => [
    statements.toLocaleString('en'),
    `${(sent / 1_000_000).toFixed(1)} MB`,
    megabytes(peak),
  ]);
  return markdownTable(['statements of the array', 'sent', 'peak memory'], rows, 0);
}

/** @returns a sentence for each array that takes more than the goal. */
export function excesses(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ statements, peak }) =>
    peak <= GOAL ? [] : [`An array of ${statements} takes ${megabytes(peak)}; the goal is ${megabytes(GOAL)}.`],
  );
}

/** 1 MB is 1,000,000 bytes. */
function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
