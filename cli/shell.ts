export type Variables = Readonly<Record<string, string | undefined>>;

/** All that commands know and use of the world around them. */
export interface Shell {
  readonly variables: Variables;
  /** Absolute. */
  readonly workingFolder: string;
  /** Absolute. */
  readonly homeFolder: string;
  /** Characters in a line of standard output; undefined: it is no terminal. */
  readonly columns: number | undefined;
  /** Whether standard error is a terminal, on which a line may be written over. */
  readonly showsProgress: boolean;
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
  /** To standard output: what was asked for, and nothing else. */
  write(text: string): void;
  /** To standard error: everything else that a person should read. */
  tell(text: string): void;
  /**
   * Asks on the terminal.
   *
   * @param options `hidden`: what is typed is not shown
   * @throws Failure 130 on Ctrl-C
   */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
  /** All of standard input, as UTF-8. */
  readInput(): Promise<string>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  sleep(milliseconds: number): Promise<void>;
  /** A random UUID. */
  newId(): string;
  /** Milliseconds since 1970. */
  now(): number;
}
