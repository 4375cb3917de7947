import { legibleLine } from '#cli/output/legible.ts';
import { padded, widthOf } from '#cli/output/width.ts';

/** One line for each name and its value, in full; those without a value are left out. */
export function fields(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  const width = Math.max(0, ...given.map(([name]) => widthOf(name)));
  return given.map(([name, value]) => `${padded(name, width)}  ${legibleLine(value)}\n`).join('');
}
