import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ChildReport } from '#bench/lake/child.ts';
import { Random } from '#bench/lake/random.ts';
import { type Batch, batchSource, writeBatch } from '#bench/lake/stream-batches.ts';
import { TypicalStatements } from '#bench/lake/typical-statements.ts';
import { WORST_STATEMENTS } from '#bench/lake/worst-statements.ts';
import { LAKE_TABLES } from '#lake/columns.ts';
import { parseFileName } from '#lake/files/file-name.ts';
import { dataFolder, dayOf } from '#lake/files/layout.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
/** Milliseconds since 1970: a morning. */
const START = Date.UTC(2026, 0, 31, 8);
/** Milliseconds from one statement to the next, so that all are of one day. */
const PACE = 20;
/** The first batches, in which V8 still compiles, are not counted. */
const WARM_UP = 5;
const COMPACTIONS = 3;
/** Statements of a worst batch: there could be a thousand, but each lot of some of them takes the same memory as the next. */
const WORST = 48;
/** Megabytes of the functions, as `lib/rights.ts` gives them. */
const WRITER_MEMORY = 512;
const COMPACTOR_MEMORY = 3_008;
/** Lambda gives one for each 1,769 MB. */
const COMPACTOR_PROCESSORS = COMPACTOR_MEMORY / 1_769;

/** Figures by name: a second, bytes, or milliseconds. */
export interface LakeReport {
  /** Bytes of JSON of a statement. */
  readonly statementBytes: number;
  readonly statements: number;
  readonly files: number;
  /** Of the batches, by their CPU time; a second is one of one processor. */
  readonly writtenPerSecond: Rates;
  /** Milliseconds from the delivery of a full batch until readers see it: the median. */
  readonly batchTime: number;
  readonly writerMemory: number;
  readonly worst: readonly {
    readonly name: string;
    readonly statements: number;
    readonly rawBytes: number;
    readonly memory: number;
  }[];
  /** Of the runs, as fast as their CPU time lets them be with the processors that the function has. */
  readonly compactedPerSecond: Rates;
  /** The same by the CPU time of all threads, as with one processor. */
  readonly compactedPerProcessor: Rates;
  readonly compactorMemory: number;
  /** Bytes for each statement, of the file and of its twin. */
  readonly fresh: FileSizes;
  readonly merged: FileSizes;
}

/** The best is what other programs on the machine disturb least. */
export interface Rates {
  readonly best: number;
  readonly median: number;
}

export interface FileSizes {
  readonly full: number;
  readonly twin: number;
}

export interface MeasureOptions {
  readonly files: number;
  readonly rowsPerFile: number;
  readonly progress: (text: string) => void;
}

export async function measure({ files, rowsPerFile, progress }: MeasureOptions): Promise<LakeReport> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-lake-'));
  try {
    const lake = join(folder, 'lake');
    const batches = await typicalBatches(folder, files, rowsPerFile, progress);
    progress(`writing ${files} batches`);
    const written = await run(
      WRITER_MEMORY,
      'write',
      lake,
      batches.map(({ file }) => file),
    );
    const statements = batches.reduce((sum, batch) => sum + batch.statements, 0);
    const fresh = await sizesIn(lake, statements);
    const compacted = await compactedCopies(folder, lake, progress);
    const compactions = compacted.flatMap(({ calls }) => calls);
    const merged = await sizesIn(join(folder, 'merged-1'), statements);
    if (merged.files >= fresh.files) throw new Error(`${merged.files} files of ${fresh.files} are left by compaction`);
    const rates = written.calls.map(({ cpu }, index) => rate(batches[index]?.statements ?? 0, cpu));
    return {
      statementBytes: batches.reduce((sum, batch) => sum + batch.rawBytes, 0) / statements,
      statements,
      files,
      writtenPerSecond: ratesOf(rates.slice(WARM_UP)),
      batchTime: median(written.calls.slice(WARM_UP).map(({ time }) => time)),
      writerMemory: written.memory,
      worst: await worstBatches(folder, progress),
      compactedPerSecond: ratesOf(
        compactions.map(({ cpu, threadCpu }) => rate(statements, Math.max(threadCpu, cpu / COMPACTOR_PROCESSORS))),
      ),
      compactedPerProcessor: ratesOf(compactions.map(({ cpu }) => rate(statements, cpu))),
      compactorMemory: Math.max(...compacted.map(({ memory }) => memory)),
      fresh,
      merged,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function typicalBatches(
  folder: string,
  files: number,
  rows: number,
  progress: MeasureOptions['progress'],
): Promise<readonly Batch[]> {
  const typical = new TypicalStatements(new Random(1));
  const source = batchSource((stored) => typical.make(stored), START, PACE);
  const batches: Batch[] = [];
  for (let index = 0; index < files; index += 1) {
    progress(`making batch ${index + 1} of ${files}`);
    batches.push(await writeBatch(source, folder, `typical-${index}.json`, rows));
  }
  return batches;
}

/** The same more than once, each time in a process of its own. */
async function compactedCopies(
  folder: string,
  lake: string,
  progress: MeasureOptions['progress'],
): Promise<readonly ChildReport[]> {
  const reports: ChildReport[] = [];
  for (let round = 1; round <= COMPACTIONS; round += 1) {
    progress(`compacting, ${round} of ${COMPACTIONS}`);
    const copy = join(folder, `merged-${round}`);
    await cp(lake, copy, { recursive: true, preserveTimestamps: true });
    reports.push(await run(COMPACTOR_MEMORY, 'compact', copy, []));
  }
  return reports;
}

async function worstBatches(folder: string, progress: MeasureOptions['progress']): Promise<LakeReport['worst']> {
  const worst: LakeReport['worst'][number][] = [];
  for (const { name, make } of WORST_STATEMENTS) {
    progress(`writing the worst batch: ${name}`);
    const source = batchSource(make, START, PACE);
    const { file, statements, rawBytes } = await writeBatch(source, folder, 'worst.json', WORST);
    const lake = join(folder, 'worst');
    const { memory } = await run(WRITER_MEMORY, 'write', lake, [file]);
    await rm(lake, { recursive: true });
    worst.push({ name, statements, rawBytes, memory });
  }
  return worst;
}

/** In a process with the heap that Node gives itself in a function of this memory: of more it would make more use. */
async function run(megabytes: number, what: string, lake: string, events: readonly string[]): Promise<ChildReport> {
  await mkdir(lake, { recursive: true });
  const limits = [
    `--max-old-space-size=${Math.floor(megabytes * 0.9)}`,
    `--max-semi-space-size=${Math.floor(megabytes * 0.025)}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...limits, CHILD, what, lake, ...events]);
  const report: ChildReport = JSON.parse(stdout);
  return report;
}

/**
 * Of the files of statements that are there, which are all current.
 *
 * @throws Error when they do not hold so many statements, in full and as twins
 */
async function sizesIn(lake: string, statements: number): Promise<FileSizes & { readonly files: number }> {
  const partition = { store: 'default', day: dayOf(START.toString(36).padStart(9, '0')) };
  const [sizes, rows] = [
    { full: 0, twin: 0 },
    { full: 0, twin: 0 },
  ];
  let files = 0;
  for (const [kind, table] of [
    ['full', LAKE_TABLES.statements],
    ['twin', LAKE_TABLES.pseudonymous],
  ] as const) {
    const folder = join(lake, dataFolder(table, partition));
    for (const name of await readdir(folder)) {
      sizes[kind] += (await stat(join(folder, name))).size;
      rows[kind] += parseFileName(name)?.rows ?? 0;
      files += 1;
    }
    if (rows[kind] !== statements) throw new Error(`${rows[kind]} statements in ${folder} instead of ${statements}`);
  }
  return { full: sizes.full / statements, twin: sizes.twin / statements, files };
}

function rate(count: number, milliseconds: number): number {
  return (count / milliseconds) * 1_000;
}

function ratesOf(values: readonly number[]): Rates {
  return { best: Math.max(...values), median: median(values) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
