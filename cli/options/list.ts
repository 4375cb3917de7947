import { wrongUsage } from '#cli/failure.ts';

/** @param text separated by commas or spaces. @returns each once. @throws Failure 2 when there is none */
export function readList(option: string, text: string): readonly string[] {
  const values = new Set(text.split(/[\s,]+/u).filter((value) => value !== ''));
  if (values.size === 0) throw wrongUsage(`${option} names nothing.`);
  return [...values];
}

/** For commander: an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
