/** Of these names the one that was probably meant; undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const sent = name.slice(0, 64).toLowerCase();
  const near = names
    .map((candidate) => ({ candidate, distance: distanceOf(sent, candidate.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance)[0];
  const isNear = near !== undefined && near.distance <= Math.max(2, Math.floor(sent.length / 3));
  return isNear ? near.candidate : undefined;
}

/** How many characters have to be put in, left out, changed or swapped with the next one to make one of the other. */
function distanceOf(one: string, other: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swap = i > 1 && j > 1 && isSwapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + change, swap));
    }
    before = last;
    last = row;
  }
  return at(last, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
