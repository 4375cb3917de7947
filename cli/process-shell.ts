import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '#cli/failure.ts';
import type { Shell } from '#cli/shell.ts';

/** The shell that this process was started from. */
export function processShell({ stdin, stdout, stderr, env }: NodeJS.Process, workingFolder: string): Shell {
  return {
    variables: env,
    workingFolder,
    homeFolder: homedir(),
    // A terminal that does not tell its size says 0.
    columns: (stdout.isTTY && stdout.columns) || undefined,
    showsProgress: stderr.isTTY,
    isInteractive: stdin.isTTY && stderr.isTTY,
    write: (output) => {
      stdout.write(output);
    },
    tell: (message) => {
      stderr.write(message);
    },
    ask: (question, { hidden = false } = {}) => ask(question, hidden, { stdin, stderr }),
    readInput: () => text(stdin),
    fetch: (url, init) => fetch(url, init),
    sleep: (milliseconds) => sleep(milliseconds),
    newId: () => randomUUID(),
    now: () => Date.now(),
  };
}

/** Asks on standard error, so that standard output holds nothing but what was asked for. */
async function ask(
  question: string,
  hidden: boolean,
  { stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>,
): Promise<string> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden ? nowhere : stderr, terminal: true });
  const leave = (): void => reject(interrupted());
  lines.once('SIGINT', leave).once('close', leave);
  if (hidden) stderr.write(question);
  try {
    return await Promise.race([lines.question(hidden ? '' : question), ended]);
  } catch (error) {
    if (!hidden) stderr.write('\n');
    throw error;
  } finally {
    lines.close();
    if (hidden) stderr.write('\n');
  }
}
