import { wrongUsage } from '#cli/failure.ts';

/**
 * Paths separated by commas, of which those inside quotation marks are none: names of extensions may have some.
 *
 * @throws Failure 2 when there is none
 */
export function readColumns(option: string, text: string): readonly string[] {
  const columns = (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/gu) ?? []).map((column) => column.trim());
  const named = columns.filter((column) => column !== '');
  if (named.length === 0) throw wrongUsage(`${option} names nothing.`);
  return named;
}
