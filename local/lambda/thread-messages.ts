/** Has a thread call a function. */
export interface ThreadCall {
  readonly id: number;
  /** URL of the module that exports it as `handler`. */
  readonly module: string;
  /** JSON */
  readonly event: string;
  readonly functionName: string;
  readonly requestId: string;
  /** Milliseconds */
  readonly remaining: number;
}

/** Tells the function of such a call that it has no time any more. */
export interface ThreadHurry {
  readonly id: number;
}

/** What became of a call. */
export type ThreadAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: Error };
