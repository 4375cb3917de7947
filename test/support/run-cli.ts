import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const CLI_LAUNCHER = fileURLToPath(new URL('../../cli/lrs.mjs', import.meta.url));

export interface CliResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly messages: string;
}

export interface CliShell {
  readonly workingFolder: string;
  /** Its variables, besides PATH. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs `lrs` as a process of its own, which is no terminal. @param input standard input */
export async function runCli(
  { workingFolder, variables }: CliShell,
  args: readonly string[],
  input = '',
): Promise<CliResult> {
  const child = spawn(process.execPath, [CLI_LAUNCHER, ...args], {
    cwd: workingFolder,
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const [output, messages] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, output, messages };
}
