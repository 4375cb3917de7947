/** A part of a bundle, in UTF-16 units, and whether it was run: 1 or 0. */
export interface CountedRange {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** Parts lie within parts: the smallest that has the offset tells whether what stands there was run. */
export function isRun(ranges: readonly CountedRange[], offset: number): boolean {
  let smallest: CountedRange | undefined;
  for (const range of ranges) {
    const has = range.startOffset <= offset && offset < range.endOffset;
    if (has && (smallest === undefined || lengthOf(range) <= lengthOf(smallest))) smallest = range;
  }
  return (smallest?.count ?? 0) > 0;
}

function lengthOf({ startOffset, endOffset }: CountedRange): number {
  return endOffset - startOffset;
}
