import { AGAIN, type Figure, type Group, WHOLE, WITH_SDK } from '#bench/cpu/measure.ts';
import { markdownTable } from '#bench/support/table.ts';

/** Microseconds for each statement. */
const GOALS: Partial<Readonly<Record<Group, number>>> = {
  'store, arrays of 50': 120,
  'read, 50 of a pack': 40,
  'read, 50 of rows': 40,
};

const WHOLES: ReadonlySet<string> = new Set([WHOLE, WITH_SDK, AGAIN]);

const HEADINGS = ['of', 'part', 'least', 'median', 'share'];

/** @returns a table whose parts come with their share of the whole, and with what is left besides them. */
export function tableOf(figures: readonly Figure[]): string {
  const groups = [...Map.groupBy(figures, ({ group }) => group)];
  const rows = groups.flatMap(([group, all]) => {
    const whole = all.find(({ part }) => part === WHOLE)?.time.least;
    const parts = all.filter(({ part }) => !WHOLES.has(part));
    const lines = all.map(({ part, time }) => [
      group,
      part,
      microseconds(time.least),
      microseconds(time.median),
      whole === undefined || (part !== WHOLE && WHOLES.has(part)) ? '–' : percent(time.least / whole),
    ]);
    if (whole === undefined) return lines;
    const rest = parts.reduce((left, { time }) => left - time.least, whole);
    return [...lines, [group, 'the rest', microseconds(rest), '–', percent(rest / whole)]];
  });
  const about =
    'Microseconds of CPU for each statement, in a warm process: the least and the median of 15 rounds. The least is what ' +
    'other programs disturb least.';
  return `${markdownTable(HEADINGS, rows, 2)}\n\n${about}`;
}

/** @returns a sentence for each goal that is missed. */
export function misses(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ group, part, time }) => {
    const goal = part === WHOLE ? GOALS[group] : undefined;
    if (goal === undefined || time.least <= goal) return [];
    return [`${group}: ${microseconds(time.least)} for each statement; the goal is ${microseconds(goal)}.`];
  });
}

function microseconds(time: number): string {
  return `${time.toFixed(1)} µs`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
