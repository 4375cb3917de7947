import type { StoreId } from '#storage/store-id.ts';

/** Attachment contents, addressed by their SHA-256 within a store; the same content is kept once. */
export interface AttachmentStore {
  /** @param sha2 lower-case hex, already checked against the content. */
  put(store: StoreId, sha2: string, content: Uint8Array): Promise<void>;

  get(store: StoreId, sha2: string): Promise<Uint8Array | undefined>;
}
