import type { CurrentFile } from '#lake/compaction/current-files.ts';
import type { FileName } from '#lake/files/file-name.ts';
import { storedAt } from '#storage/position.ts';

const MB = 1024 * 1024;

/** Bytes of the files that become one, about: what engines read fastest, and few enough of a day. */
export const TARGET_BYTES = 128 * MB;
/** Bytes of statements as JSON that are merged at once, all of them in memory. */
export const MOST_RAW_BYTES = 768 * MB;
/** A merged file of more is left as it is. */
const LARGE = TARGET_BYTES / 2;

export interface CompactionNeeds {
  /** Names of files with rows that have to go. */
  readonly withRemovals: ReadonlySet<string>;
  /** Milliseconds since 1970: fresh files with later statements stay, because others of their time are on their way. */
  readonly settled: number;
}

/**
 * Which files become one each. All fresh files that are settled take part, small merged ones, and those with rows that
 * have to go; they are taken in the order of time. What would only be written again as it is, is left.
 */
export function planCompaction(
  files: readonly CurrentFile[],
  { withRemovals, settled }: CompactionNeeds,
): readonly (readonly CurrentFile[])[] {
  const candidates = files
    .filter(
      (file) => withRemovals.has(file.name) || (file.kind === 'fresh' ? isSettled(file, settled) : file.bytes < LARGE),
    )
    .toSorted((one, other) => (one.first < other.first ? -1 : 1));
  const groups: CurrentFile[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  let rawBytes = 0;
  for (const file of candidates) {
    if (bytes + file.bytes > TARGET_BYTES || rawBytes + file.rawBytes > MOST_RAW_BYTES) {
      groups.push([]);
      bytes = 0;
      rawBytes = 0;
    }
    groups.at(-1)?.push(file);
    bytes += file.bytes;
    rawBytes += file.rawBytes;
  }
  return groups.filter(
    (group) => group.length > 1 || group.some(({ kind, name }) => kind === 'fresh' || withRemovals.has(name)),
  );
}

function isSettled({ last }: FileName, settled: number): boolean {
  return storedAt(last) <= settled;
}
