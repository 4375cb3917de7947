import type { Shell } from '#cli/shell.ts';

/** All of standard input; where that is a terminal, somebody has to know that it is waited for. @param what is expected */
export async function readInput(shell: Shell, what: string): Promise<string> {
  if (shell.isInteractive) shell.tell(`Waiting for ${what} on standard input; Ctrl-D on a line of its own ends it.\n`);
  return shell.readInput();
}
