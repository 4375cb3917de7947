/** Bytes too large for an item of the database, each under a key its writer makes up and never uses twice. */
export interface BlobStore {
  put(key: string, content: Uint8Array): Promise<void>;

  get(key: string): Promise<Uint8Array | undefined>;

  /** Deleting what is not there succeeds. */
  delete(key: string): Promise<void>;
}
