import type { DocumentCondition, DocumentResource } from '#xapi/document/preconditions.ts';
import type { StoreId } from '#access/store.ts';

export type { DocumentCondition, DocumentResource };

/**
 * The documents that are listed and deleted together. `owner` is what they belong to, most significant first:
 * state: activity id, IFI key of the agent; activity profile: activity id; agent profile: IFI key of the agent.
 */
export interface DocumentScope {
  readonly store: StoreId;
  readonly resource: DocumentResource;
  readonly owner: readonly string[];
  /** State only; absent in a listing or deletion: documents with every registration and with none. */
  readonly registration?: string;
}

export interface DocumentKey extends DocumentScope {
  /** stateId or profileId. */
  readonly id: string;
}

export interface Document {
  readonly contentType: string;
  readonly content: Uint8Array;
  /** As in the header, with its quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
}

export interface DocumentList {
  /** Each once, in ascending order. */
  readonly ids: readonly string[];
  /** When the last of the documents was changed, milliseconds since 1970; undefined when there is none. */
  readonly updated: number | undefined;
}

export interface DocumentStore {
  get(key: DocumentKey): Promise<Document | undefined>;

  /** @returns false, having changed nothing, when the condition did not hold at the moment of the write. */
  put(key: DocumentKey, document: Document, condition: DocumentCondition): Promise<boolean>;

  /** Deleting what is not there succeeds. @returns false when the condition did not hold. */
  delete(key: DocumentKey, condition: DocumentCondition): Promise<boolean>;

  /** With `since` only documents updated after it (milliseconds since 1970). */
  list(scope: DocumentScope, since?: number): Promise<DocumentList>;

  deleteAll(scope: DocumentScope): Promise<void>;
}
