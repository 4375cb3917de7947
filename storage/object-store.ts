/** Objects of one bucket, read and written whole or in ranges, and replaced by one writer at a time. */
export interface ObjectStore {
  /** How objects are named for other programs: `s3://<bucket>/`. */
  readonly root: string;

  get(key: string): Promise<StoredObject | undefined>;

  /**
   * Bytes `start` to `end`, without `end`; fewer when the object ends before.
   *
   * @returns undefined when there is no such object
   */
  getRange(key: string, start: number, end: number): Promise<Uint8Array | undefined>;

  /** Writes it, whatever is there. */
  put(key: string, content: Uint8Array): Promise<void>;

  /**
   * Writes it if it is still what the writer has seen.
   *
   * @param seen `etag` of the object that was read; undefined: there was none
   * @returns whether it was written; false: somebody else has written or deleted it
   */
  replace(key: string, content: Uint8Array, seen: string | undefined): Promise<boolean>;

  /** Deleting what is not there succeeds. */
  delete(key: string): Promise<void>;

  /** In the order of the UTF-8 of their keys. @param after only keys behind it */
  list(prefix: string, after?: string): AsyncGenerator<ListedObject>;
}

export interface StoredObject {
  readonly content: Uint8Array;
  /** With its quotes. */
  readonly etag: string;
}

export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}
