import { randomUUID } from 'node:crypto';
import { tryUntilDone } from '#storage/aws/backoff.ts';
import { httpStatus, throwTransient } from '#storage/aws/overload.ts';
import type { ListedObject, ObjectStore, StoredObject } from '#storage/object-store.ts';
import type { ObjectAnswer, ObjectExchange, ObjectRequest } from '#storage/s3/bucket.ts';
import { readListing } from '#storage/s3/listing.ts';

const NOT_FOUND = 404;
/** S3's answer to a conditional write while another request writes or deletes the same key. */
const CONFLICT = 409;
const PRECONDITION_FAILED = 412;
const RANGE_NOT_SATISFIABLE = 416;

const CONTENT_TYPE = { 'content-type': 'application/octet-stream' };
/** Names the write that an object comes from. */
const WRITE = 'x-amz-meta-write';

export class S3ObjectStore implements ObjectStore {
  readonly root: string;
  readonly #bucket: ObjectExchange;
  readonly #newId: () => string;

  /** @param name of the bucket */
  constructor(bucket: ObjectExchange, name: string, newId: () => string = randomUUID) {
    this.root = `s3://${name}/`;
    this.#bucket = bucket;
    this.#newId = newId;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const answer = await this.#find({ method: 'GET', key });
    return answer && { content: answer.body, etag: answer.headers['etag'] ?? '' };
  }

  async getRange(key: string, start: number, end: number): Promise<Uint8Array | undefined> {
    const length = Math.max(0, end - start);
    // S3 knows no empty range, and whether there is an object is to be said even so.
    const range = `bytes=${start}-${start + Math.max(1, length) - 1}`;
    try {
      const answer = await this.#find({ method: 'GET', key, headers: { range } });
      return answer?.body.subarray(0, length);
    } catch (error) {
      if (statusOf(error) === RANGE_NOT_SATISFIABLE) return new Uint8Array();
      throw error;
    }
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    await this.#send({ method: 'PUT', key, headers: CONTENT_TYPE, body: content });
  }

  replace(key: string, content: Uint8Array, seen: string | undefined): Promise<boolean> {
    const write = this.#newId();
    const condition = seen === undefined ? { 'if-none-match': '*' } : { 'if-match': seen };
    const headers = { ...CONTENT_TYPE, ...condition, [WRITE]: write };
    return tryUntilDone(() => this.#replaceOnce({ method: 'PUT', key, headers, body: content }, write));
  }

  async delete(key: string): Promise<void> {
    await this.#send({ method: 'DELETE', key });
  }

  async *list(prefix: string, after?: string): AsyncGenerator<ListedObject> {
    let query: Record<string, string> = { ...(after !== undefined && { 'start-after': after }) };
    for (;;) {
      const { body } = await this.#send({ method: 'GET', key: '', query: { 'list-type': '2', prefix, ...query } });
      const { objects, next } = readListing(Buffer.from(body).toString('utf8'));
      yield* objects;
      if (next === undefined) return;
      query = { 'continuation-token': next };
    }
  }

  /** @returns undefined when another request for the key was in the way */
  async #replaceOnce(request: ObjectRequest, write: string): Promise<boolean | undefined> {
    try {
      await this.#send(request);
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status === CONFLICT) return undefined;
      if (status === PRECONDITION_FAILED) return this.#isWrittenBy(request.key, write);
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  /**
   * When the answer to a write was lost, the bucket has sent it again, and that time the write itself was what had
   * changed the object. The content would not tell: somebody else may have written the same.
   */
  async #isWrittenBy(key: string, write: string): Promise<boolean> {
    try {
      const { headers } = await this.#send({ method: 'HEAD', key });
      return headers[WRITE] === write;
    } catch (error) {
      // An answer to HEAD has no body that could name the error.
      if (statusOf(error) === NOT_FOUND) return false;
      throw error;
    }
  }

  async #find(request: ObjectRequest): Promise<ObjectAnswer | undefined> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  #send(request: ObjectRequest): Promise<ObjectAnswer> {
    return this.#bucket.exchange(request).catch(throwTransient);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchKey';
}

function statusOf(error: unknown): number {
  return error instanceof Error ? httpStatus(error) : 0;
}
