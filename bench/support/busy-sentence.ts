import type { NamedWait } from '#bench/support/settling.ts';
import { MOST } from '#bench/support/until-idle.ts';

/** @returns what figures have to be read with, for the text after the table; empty when the machine was idle each time */
export function busySentence(waits: readonly NamedWait[]): string {
  const busy = waits.filter(({ idle }) => !idle);
  if (busy.length === 0) return '';
  const names = [...new Set(busy.map(({ before }) => before))].join('; ');
  const times = `${busy.length} of ${waits.length} times`;
  return ` ${times}, the processors were not idle within ${MOST / 1_000} s, and it was measured all the same: ${names}.`;
}
