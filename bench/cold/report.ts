import { type Budget, budgetOf } from '#bench/cold/budgets.ts';
import type { Measurement, Report } from '#bench/cold/measure.ts';
import { markdownTable } from '#bench/support/table.ts';

const HEADINGS = ['function', 'size', 'import', 'fastest import', 'first request'];

/** @returns a Markdown table, which people can read in a terminal too, and a line about what the figures are. */
export function tableOf({ runs, nodeStart, functions }: Report): string {
  const rows = functions.map(({ name, bytes, importTime, fastestImport, firstRequest }) => [
    name,
    kilobytes(bytes),
    milliseconds(importTime),
    milliseconds(fastestImport),
    firstRequest === undefined ? '–' : milliseconds(firstRequest),
  ]);
  const about = `Medians of ${runs} fresh processes; Node itself took ${milliseconds(nodeStart)} to start, which is not in them.`;
  return [markdownTable(HEADINGS, rows), '', about].join('\n');
}

/** @returns a sentence for each budget that is exceeded. */
export function excesses({ functions }: Report, of: keyof Budget): readonly string[] {
  const unit = of === 'bytes' ? kilobytes : milliseconds;
  return functions.flatMap((measurement: Measurement) => {
    const allowed = budgetOf(measurement.name)[of];
    if (measurement[of] <= allowed) return [];
    return `${measurement.name}: ${unit(measurement[of])}, ${unit(allowed)} allowed (${of === 'bytes' ? 'size' : 'import'}).`;
  });
}

/** 1 KB is 1,000 bytes. */
function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000)} KB`;
}

function milliseconds(time: number): string {
  return `${Math.round(time)} ms`;
}
