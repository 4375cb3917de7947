import type { Figures } from '#bench/load/figures.ts';
import { GOALS, SOAK_GOAL } from '#bench/load/goals.ts';
import type { Row } from '#bench/load/measure.ts';
import type { Soak } from '#bench/load/soak.ts';
import { markdownTable } from '#bench/support/table.ts';

const ONE = ['operation', 'in flight', 'requests', 'requests/s', 'statements/s', 'median', 'p95', 'wrong'];

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ operation, figures }) =>
    figures
      .slice(0, 1)
      .map((figure) => [
        operation.name,
        String(operation.inFlight),
        String(figure.requests),
        String(Math.round(figure.rate)),
        operation.statements === 0 ? '–' : String(Math.round(figure.rate * operation.statements)),
        milliseconds(figure.median),
        milliseconds(figure.p95),
        String(figure.failures),
      ]),
  );
  return markdownTable(ONE, lines);
}

/** @param names of this LRS and the other */
export function comparisonOf([own, peer]: readonly [string, string], rows: readonly Row[]): string {
  const headings = ['operation', `${own}, req/s`, 'p95', `${peer}, req/s`, 'p95', 'ratio', 'goal', 'reached', 'wrong'];
  const lines = rows.map((row) => {
    const { operation, figures } = row;
    const goal = GOALS[operation.name];
    const ratio = ratioOf(row);
    return [
      operation.name,
      ...figures.flatMap(({ rate, p95 }) => [String(Math.round(rate)), milliseconds(p95)]),
      // Downwards, so that what is shown as the goal has reached it.
      ratio === undefined ? '–' : `${(Math.floor(ratio * 100) / 100).toFixed(2)} ×`,
      goal === undefined ? '–' : `${goal} ×`,
      goal === undefined ? '–' : hasReached(row) ? 'yes' : '**no**',
      figures.map(({ failures }) => failures).join(' / '),
    ];
  });
  return markdownTable(headings, lines);
}

/** Whether an operation has reached its goal, if it has one. */
export function hasReached(row: Row): boolean {
  const goal = GOALS[row.operation.name];
  return goal === undefined || (ratioOf(row) ?? 0) >= goal;
}

/** How many times as many requests a second this LRS answers as the other. How soon a wrong answer came says nothing. */
function ratioOf({ figures }: Row): number | undefined {
  const [mine, their] = figures;
  if (mine === undefined || their === undefined || mine.failures > 0 || their.failures > 0) return undefined;
  return mine.rate / their.rate;
}

export function soakTableOf({ requests, first, last, failures }: Soak): string {
  const headings = [`of ${requests.toLocaleString('en')} single POSTs`, 'requests/s', 'median', 'p95'];
  const lines = [partOf('the first', first), partOf('the last', last)];
  const ratio = (last.rate / first.rate).toFixed(2);
  const about = `16 in flight, ${failures} wrong answers; the last at ${ratio} × the rate of the first; ${SOAK_GOAL} × is the goal.`;
  return `${markdownTable(headings, lines)}\n\n${about}`;
}

function partOf(name: string, { requests, rate, median, p95 }: Figures): readonly string[] {
  const title = `${name} ${requests.toLocaleString('en')}`;
  return [title, String(Math.round(rate)), milliseconds(median), milliseconds(p95)];
}

/** @returns a sentence for each kind of wrong answer. */
export function failuresIn(names: readonly string[], rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ operation, figures }) =>
    figures.flatMap(({ failures, examples }, index) =>
      failures === 0 ? [] : [`${names[index]}, ${operation.name}: ${failures} wrong, such as: ${examples.join('; ')}`],
    ),
  );
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}
