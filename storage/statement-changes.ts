import type { StoreId } from '#access/store.ts';

/** What a record of the stream of changes says of a statement. */
export interface StatementChange {
  /** Of the record in its stream. */
  readonly sequence: string;
  readonly store: StoreId;
  readonly id: string;
  readonly position: string;
  /** `stored`: it is new. `gone`: it was voided or deleted, and readers see it no more. */
  readonly what: 'stored' | 'gone';
  /** Of one that is new: it was voided before it came. */
  readonly voided: boolean;
  /** Reads its text; of one that is new. */
  readonly body: { readonly inline: Uint8Array } | { readonly blob: string } | undefined;
  /** Decides whether it exists, when its array took more than one transaction. */
  readonly journal: string | undefined;
}

/** Reads what a stream of changes only points to. */
export interface StatementChanges {
  /** Whether the statement of a change exists; waits for the end of an array that is being written. */
  isReal(change: StatementChange): Promise<boolean>;

  /** The statement in the format `exact`, as JSON. */
  textOf(change: StatementChange): Promise<string>;
}
