import type { Figures } from '#bench/load/figures.ts';
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

/** @param names of the targets; the first is compared with each of the others. */
export function comparisonOf(names: readonly string[], rows: readonly Row[]): string {
  const [own = '', ...peers] = names;
  const headings = [
    'operation',
    `${own}, req/s`,
    'p95',
    ...peers.flatMap((peer) => [`${peer}, req/s`, 'p95', 'ratio']),
    'wrong',
  ];
  const lines = rows.map(({ operation, figures }) => {
    const [mine, ...theirs] = figures;
    return [
      operation.name,
      ...cells(mine),
      ...theirs.flatMap((their) => [...cells(their), ratio(mine, their)]),
      figures.map(({ failures }) => failures).join(' / '),
    ];
  });
  return markdownTable(headings, lines);
}

/** How soon a wrong answer came says nothing. */
function ratio(mine: Figures | undefined, their: Figures): string {
  if (mine === undefined || mine.failures > 0 || their.failures > 0) return '–';
  return `${(mine.rate / their.rate).toFixed(2)} ×`;
}

function cells(figure: Figures | undefined): readonly string[] {
  return figure === undefined ? ['–', '–'] : [String(Math.round(figure.rate)), milliseconds(figure.p95)];
}

export function soakInWords({ requests, first, last, failures }: Soak): string {
  return [
    `${requests} single POSTs, 16 in flight, ${failures} wrong answers.`,
    `The first ${first.requests}: ${inWords(first)}.`,
    `The last ${last.requests}: ${inWords(last)}; ${(last.rate / first.rate).toFixed(2)} × the rate of the first.`,
  ].join('\n');
}

function inWords({ rate, median, p95 }: Figures): string {
  return `${Math.round(rate)} requests/s, median ${milliseconds(median)}, p95 ${milliseconds(p95)}`;
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
