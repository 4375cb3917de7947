import type { StoreId } from '#access/store.ts';
import type { Ifi } from '#xapi/agent/ifi.ts';

/** Whose contents they are, by the statement that brings or names them. */
export interface AttachmentOwner {
  readonly store: StoreId;
  /** Of the statement. */
  readonly authority: Ifi;
  /** `identityOf` the actor of the statement. */
  readonly actor: string;
}

/**
 * Attachment contents, addressed by their SHA-256 within what one authority has sent to a store for one actor; there the
 * same content is kept once. Authorities and actors are apart, because whoever knows a hash may name it in a statement of
 * their own (with a `fileUrl`, xAPI 1.0.3, Data 2.4.11), and must not be given what somebody else has sent: neither
 * another client, nor the content that another learner has launched with a token of the same credential.
 */
export interface AttachmentStore {
  /** @param sha2 lower-case hex, already checked against the content. */
  put(owner: AttachmentOwner, sha2: string, content: Uint8Array): Promise<void>;

  get(owner: AttachmentOwner, sha2: string): Promise<Uint8Array | undefined>;
}
