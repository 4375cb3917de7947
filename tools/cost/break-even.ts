/**
 * Where one rising cost overtakes another.
 *
 * @returns the least of these many statements a month at which `ours` is not below `theirs`, to three digits; undefined
 * when it is below up to `most`
 */
export function breakEven(
  ours: (statements: number) => number,
  theirs: (statements: number) => number,
  most = 1e9,
): number | undefined {
  let low = 0;
  let high = most;
  if (ours(high) < theirs(high)) return undefined;
  while (high - low > high / 10_000) {
    const middle = (low + high) / 2;
    if (ours(middle) < theirs(middle)) low = middle;
    else high = middle;
  }
  return Number(high.toPrecision(3));
}
