const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** For people, in its two largest units, and never less than it is: `13 hours 44 minutes`. @param seconds whole */
export function durationText(seconds: number): string {
  const largest = UNITS.findIndex(([, length]) => seconds >= length);
  const shown = UNITS.slice(largest === -1 ? -1 : largest).slice(0, 2);
  const [, smallest] = shown.at(-1) ?? UNITS[3];
  let left = Math.ceil(seconds / smallest) * smallest;
  const parts = shown.map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
  });
  return parts.filter((part) => part !== '').join(' ') || '0 seconds';
}
