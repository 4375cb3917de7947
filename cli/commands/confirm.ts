import { wrongUsage } from '#cli/failure.ts';
import type { Shell } from '#cli/shell.ts';

/**
 * Asks whether what cannot be undone is meant.
 *
 * @param what a sentence: `Delete the credential abc of https://…`
 * @throws Failure when it is not, or when there is nobody to ask
 */
export async function confirm(shell: Shell, what: string, options: { readonly yes?: boolean }): Promise<void> {
  if (options.yes === true) return;
  if (!shell.isInteractive) throw wrongUsage(`${what}? Nobody can be asked here: give --yes if it is meant.`);
  const answer = await shell.ask(`${what}? [y/N] `);
  if (!/^y(?:es)?$/iu.test(answer.trim())) throw wrongUsage('Nothing was changed.');
}
