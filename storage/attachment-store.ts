import type { StoreId } from '#access/store.ts';
import type { Ifi } from '#xapi/agent/ifi.ts';

/**
 * Attachment contents, addressed by their SHA-256 within what one authority has sent to a store; there the same content is
 * kept once. Authorities are apart, because whoever knows a hash may name it in a statement of their own (with a
 * `fileUrl`, xAPI 1.0.3, Data 2.4.11), and must not be given what somebody else has sent.
 */
export interface AttachmentStore {
  /**
   * @param authority of the statement that brings it
   * @param sha2 lower-case hex, already checked against the content.
   */
  put(store: StoreId, authority: Ifi, sha2: string, content: Uint8Array): Promise<void>;

  /** @param authority of the statement that names it */
  get(store: StoreId, authority: Ifi, sha2: string): Promise<Uint8Array | undefined>;
}
