/** 0: done; 1: refused or failed; 2: nothing was sent; 130: ended by Ctrl-C, as shells have it. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Ends the command with sentences for the person who gave it. It never holds a secret. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Nothing was sent, because of what was typed, or of what is on this machine. */
export function wrongUsage(message: string): Failure {
  return new Failure(message, 2);
}

/** Ctrl-C at a question. */
export function interrupted(): Failure {
  return new Failure('', 130);
}
