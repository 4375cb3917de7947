import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LrsClient, type Target } from '#bench/load/lrs-client.ts';

/** An LRS that is measured. */
export interface Side {
  readonly name: string;
  /**
   * Called before each operation.
   *
   * @returns another client than before when the LRS has been started again, on empty data; otherwise the same
   */
  readonly ready: () => Promise<LrsClient>;
}

/** Milliseconds that a restart may take. */
const PATIENCE = 120_000;

/** An LRS that stays as it is. @param stack closes its connections */
export function lasting(target: Target, stack: AsyncDisposableStack): Side {
  const client = new LrsClient(target);
  stack.defer(() => client.close());
  return { name: target.name, ready: () => Promise.resolve(client) };
}

/**
 * An LRS that is started again before each operation.
 *
 * @param start ends the one that was started before, and answers with the next when it can be asked
 * @param stack closes connections
 */
export function fresh(name: string, start: () => Promise<Target>, stack: AsyncDisposableStack): Side {
  let client: LrsClient | undefined;
  const close = (): void => client?.close();
  stack.defer(close);
  return {
    name,
    ready: async () => {
      close();
      client = new LrsClient(await start());
      return client;
    },
  };
}

/** Ends what a start has put on its stack before the next start, and in the end. */
export function startingAgain(
  start: (stack: AsyncDisposableStack) => Promise<Target>,
  stack: AsyncDisposableStack,
): () => Promise<Target> {
  let started = new AsyncDisposableStack();
  stack.defer(() => started.disposeAsync());
  return async () => {
    await started.disposeAsync();
    started = new AsyncDisposableStack();
    return start(started);
  };
}

/** Runs a command of the shell, whose output goes where errors go. @throws Error unless it ends in time and with 0. */
export async function runCommand(command: string): Promise<void> {
  // What it leaves running may keep its outputs open: so its end is waited for, not theirs.
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', process.stderr, process.stderr], timeout: PATIENCE });
  const [code, signal]: unknown[] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The command has ended with ${String(code ?? signal)}: ${command}`);
}
