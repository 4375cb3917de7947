import { CommanderError } from 'commander';
import { type ExitCode, Failure } from '#cli/failure.ts';
import { legible } from '#cli/output/legible.ts';
import { createProgram } from '#cli/program.ts';
import type { Shell } from '#cli/shell.ts';

/** @param args what stands behind `lrs` */
export async function run(args: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    await createProgram(shell).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // It has printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure) {
      if (error.message !== '') shell.tell(`${legible(error.message)}\n`);
      return error.exitCode;
    }
    // A defect of this command.
    shell.tell(`lrs failed unexpectedly: ${legible(error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  }
}
