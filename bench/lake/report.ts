import type { LakeReport } from '#bench/lake/measure.ts';
import { markdownTable } from '#bench/support/table.ts';

/** What a figure has to be. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  readonly unit: 'a second' | 'MB' | 'bytes';
}

const MB = 1024 * 1024;

export function goalsOf(report: LakeReport): readonly Goal[] {
  const { writtenPerSecond, writerMemory, worst, compactedPerSecond, compactorMemory, merged } = report;
  return [
    { name: 'statements written', value: writtenPerSecond.best, least: 10_000, unit: 'a second' },
    { name: 'memory of the writer, typical batches', value: writerMemory / MB, most: 512, unit: 'MB' },
    ...worst.map(({ name, memory }) => {
      return { name: `memory of the writer, ${name}`, value: memory / MB, most: 512, unit: 'MB' } as const;
    }),
    { name: 'rows compacted', value: compactedPerSecond.best, least: 25_000, unit: 'a second' },
    { name: 'memory of the compactor', value: compactorMemory / MB, most: 3_008, unit: 'MB' },
    { name: 'a typical statement in the lake', value: merged.full, most: 350, unit: 'bytes' },
    { name: 'the same with its twin', value: merged.full + merged.twin, most: 350, unit: 'bytes' },
  ];
}

export function isReached({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Goal): boolean {
  return value >= least && value <= most;
}

/** @returns Markdown, which people can read in a terminal too */
export function tableOf(report: LakeReport): string {
  const goals = goalsOf(report).map((goal) => [
    goal.name,
    amount(goal.value, goal.unit),
    goal.least === undefined
      ? `at most ${amount(goal.most ?? 0, goal.unit)}`
      : `at least ${amount(goal.least, goal.unit)}`,
    isReached(goal) ? 'yes' : '**no**',
  ]);
  return [markdownTable(['what', 'measured', 'goal', 'reached'], goals), '', ...aboutOf(report)].join('\n');
}

function aboutOf({
  statements,
  files,
  statementBytes,
  batchTime,
  writtenPerSecond,
  compactedPerSecond,
  compactedPerProcessor,
  fresh,
  worst,
}: LakeReport): readonly string[] {
  const sizes = worst.map(
    ({ name, statements: many, rawBytes }) => `${name} ${many} of ${Math.round(rawBytes / many / 1_000_000)} MB each`,
  );
  return [
    `${count(statements)} statements of ${count(statementBytes)} bytes on average, in ${files} batches.`,
    'Rates are of CPU time, of the batch or run that took least of it, which other programs disturb least: of writing with ' +
      `one processor (the median is ${count(writtenPerSecond.median)}), of compaction with the 1.7 that its function has ` +
      `(the median is ${count(compactedPerSecond.median)}; with one processor ${count(compactedPerProcessor.best)}).`,
    `Before it is compacted, a statement takes ${count(fresh.full)} bytes and ${count(fresh.twin)} in the twin.`,
    `From the delivery of a batch until readers see it: ${count(batchTime)} ms.`,
    `Worst batches: ${sizes.join(', ')}.`,
  ];
}

function amount(value: number, unit: Goal['unit']): string {
  return `${count(value)} ${unit}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
