import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurrentFile } from '#lake/compaction/current-files.ts';
import { MOST_RAW_BYTES, planCompaction, TARGET_BYTES } from '#lake/compaction/plan-compaction.ts';
import { formatFileName } from '#lake/files/file-name.ts';
import { storedAt } from '#storage/position.ts';

const MB = 1024 * 1024;
const NOW = Date.UTC(2030, 0, 1);

function position(milliseconds: number): string {
  return `${milliseconds.toString(36).padStart(9, '0')}000000000000`;
}

let files = 0;

function aFile(overrides: Partial<CurrentFile> = {}): CurrentFile {
  files += 1;
  const name = {
    kind: 'fresh' as const,
    first: position(NOW - 2_000),
    last: position(NOW - 1_000),
    rows: 10,
    bytes: MB,
    rawBytes: 4 * MB,
    base: 'ab',
    hash: files.toString(16),
    ...overrides,
  };
  return { name: formatFileName(name), ...name };
}

const NOTHING = new Set<string>();

const arbitraryFiles: fc.Arbitrary<readonly CurrentFile[]> = fc.array(
  fc
    .record({
      kind: fc.constantFrom('fresh' as const, 'merged' as const),
      start: fc.integer({ min: NOW - 100_000, max: NOW + 10_000 }),
      length: fc.nat(5_000),
      bytes: fc.integer({ min: 1, max: 200 * MB }),
      rawBytes: fc.integer({ min: 1, max: 1_000 * MB }),
    })
    .map(({ kind, start, length, bytes, rawBytes }) =>
      aFile({ kind, first: position(start), last: position(start + length), bytes, rawBytes }),
    ),
  { maxLength: 30 },
);

describe('a plan of compaction', () => {
  it('makes one of many fresh files, in the order of time', () => {
    const [late, early] = [aFile(), aFile({ first: position(NOW - 9_000) })];
    expect(planCompaction([late, early], { withRemovals: NOTHING, settled: NOW })).toEqual([[early, late]]);
  });

  it('leaves what is not settled', () => {
    const file = aFile();
    expect(planCompaction([file], { withRemovals: NOTHING, settled: storedAt(file.last) - 1 })).toEqual([]);
    expect(planCompaction([file], { withRemovals: NOTHING, settled: storedAt(file.last) })).toEqual([[file]]);
  });

  it('writes a file anew that has rows to remove, whatever it is', () => {
    const large = aFile({ kind: 'merged', bytes: 120 * MB });
    expect(planCompaction([large], { withRemovals: new Set([large.name]), settled: 0 })).toEqual([[large]]);
    expect(planCompaction([large], { withRemovals: NOTHING, settled: NOW })).toEqual([]);
  });

  it('takes small merged files along, but not for themselves', () => {
    const small = aFile({ kind: 'merged', first: position(NOW - 9_000) });
    expect(planCompaction([small], { withRemovals: NOTHING, settled: NOW })).toEqual([]);
    const fresh = aFile();
    expect(planCompaction([small, fresh], { withRemovals: NOTHING, settled: NOW })).toEqual([[small, fresh]]);
  });

  it('takes every fresh settled file and every one with removals once', () => {
    fc.assert(
      fc.property(arbitraryFiles, fc.infiniteStream(fc.boolean()), (current, choice) => {
        const marked = current.filter(() => choice.next().value === true);
        const withRemovals = new Set(marked.map(({ name }) => name));
        const groups = planCompaction(current, { withRemovals, settled: NOW });
        const planned = groups.flat();
        expect(new Set(planned).size).toBe(planned.length);
        const needed = current.filter(
          ({ kind, last, name }) => withRemovals.has(name) || (kind === 'fresh' && storedAt(last) <= NOW),
        );
        expect(new Set(planned).isSupersetOf(new Set(needed))).toBe(true);
        for (const { kind, last, name } of planned) {
          expect(withRemovals.has(name) || kind === 'merged' || storedAt(last) <= NOW).toBe(true);
        }
      }),
    );
  });

  it('has no group beyond its bounds, unless it is one file', () => {
    fc.assert(
      fc.property(arbitraryFiles, (current) => {
        for (const group of planCompaction(current, { withRemovals: NOTHING, settled: NOW })) {
          if (group.length === 1) continue;
          expect(group.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(TARGET_BYTES);
          expect(group.reduce((sum, { rawBytes }) => sum + rawBytes, 0)).toBeLessThanOrEqual(MOST_RAW_BYTES);
        }
      }),
    );
  });

  it('comes to an end: each time there are fewer files, until nothing is left to do', () => {
    fc.assert(
      fc.property(arbitraryFiles, fc.double({ min: 0.2, max: 1, noNaN: true }), (current, shrinkage) => {
        let left = current;
        for (let round = 0; round <= current.length; round += 1) {
          const groups = planCompaction(left, { withRemovals: NOTHING, settled: NOW + 20_000 });
          if (groups.length === 0) return;
          const gone = new Set(groups.flat());
          left = [...left.filter((file) => !gone.has(file)), ...groups.map((group) => mergedOf(group, shrinkage))];
        }
        throw new Error('It goes on and on.');
      }),
    );
  });
});

/** What becomes of a group: columns of many rows take less room than those of few. */
function mergedOf(group: readonly CurrentFile[], shrinkage: number): CurrentFile {
  const positions = group.flatMap(({ first, last }) => [first, last]).toSorted();
  return aFile({
    kind: 'merged',
    first: positions[0] ?? '',
    last: positions.at(-1) ?? '',
    bytes: Math.ceil(group.reduce((sum, { bytes }) => sum + bytes, 0) * shrinkage),
    rawBytes: group.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
  });
}
