import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsync, futimesSync, openSync, type Stats, statSync, writevSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, unlessAbsent, unlessAbsentNow } from '#local/file-errors.ts';
import { HeaderFiles, PLAIN_HEADERS } from '#local/s3/header-files.ts';
import type { ObjectHeaders } from '#local/s3/header-files.ts';
import { folderOfPrefix, objectKey, objectPath } from '#local/s3/object-path.ts';
import { S3Error } from '#local/s3/s3-error.ts';
import { Turns } from '#storage/turns.ts';

/** The content of an object on its way in; ends with the headers to keep, or throws and nothing is kept. */
export type IncomingContent = AsyncGenerator<Buffer, ObjectHeaders>;

/** What has to be there when an object is written: nothing, or the object with this entity tag. */
export type WriteCondition = { readonly kind: 'absent' } | { readonly kind: 'match'; readonly etag: string };

export interface OpenObject {
  /** Its descriptor. */
  readonly file: number;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** With the entity tag. */
  readonly headers: ObjectHeaders;
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
/** Names that no bucket can have. */
const HEADERS_FOLDER = '.headers';
const TEMPORARY_FOLDER = '.temporary';
/** Bytes that are gathered, as they come in small pieces, before they are written. */
const WRITE_BYTES = 1024 * 1024;

const toDisk = promisify(fsync);

/** Objects as plain files, `<directory>/<bucket>/<key>`; each comes into being, whole, by one rename. */
export class ObjectFiles {
  readonly #directory: string;
  readonly #headers: HeaderFiles;
  /** For those who change an object; its path is the name. */
  readonly #turns = new Turns();
  #lastModified = 0;

  constructor(directory: string) {
    this.#directory = directory;
    this.#headers = new HeaderFiles(join(directory, HEADERS_FOLDER), directory);
  }

  /** Makes the folder and throws away what a killed process left half written. */
  async prepare(): Promise<void> {
    const temporary = join(this.#directory, TEMPORARY_FOLDER);
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
  }

  /** @throws S3Error `InvalidBucketName`, `BucketAlreadyOwnedByYou` */
  async createBucket(bucket: string): Promise<void> {
    try {
      await mkdir(this.#bucketFolder(bucket));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      throw new S3Error('BucketAlreadyOwnedByYou', 'The bucket exists already.');
    }
  }

  /** @throws S3Error `InvalidBucketName`, `NoSuchBucket` */
  async checkBucket(bucket: string): Promise<void> {
    const found = await unlessAbsent(stat(this.#bucketFolder(bucket)));
    if (found === undefined) throw new S3Error('NoSuchBucket', 'The bucket does not exist.');
  }

  /**
   * @param condition looked at when the content is here, in one step with its becoming the object
   * @returns the headers that are kept with it, and its entity tag.
   * @throws S3Error `NoSuchBucket`, `PreconditionFailed`, `NoSuchKey`, and whatever reading the content throws.
   */
  async write(
    bucket: string,
    key: string,
    content: IncomingContent,
    condition: WriteCondition | undefined,
  ): Promise<ObjectHeaders> {
    const path = this.#objectFile(bucket, key);
    const temporary = join(this.#directory, TEMPORARY_FOLDER, randomBytes(8).toString('hex'));
    const modified = this.#nextModified();
    try {
      const headers = await receive(temporary, content, modified);
      await this.#headers.write(path, modified, headers);
      await this.#turns.take(path, async () => {
        const before = statSync(path, { throwIfNoEntry: false });
        if (condition !== undefined) this.#check(condition, path, before);
        await this.#place(temporary, bucket, path);
        if (before !== undefined) await this.#headers.remove(path, modifiedAt(before));
      });
      return { etag: etagOf(modified), ...headers };
    } catch (error) {
      await this.#headers.remove(path, modified);
      await unlessAbsent(unlink(temporary));
      throw error;
    }
  }

  /** The caller closes the file. @throws S3Error `NoSuchBucket`, `NoSuchKey` */
  async open(bucket: string, key: string): Promise<OpenObject> {
    const path = this.#objectFile(bucket, key);
    for (;;) {
      const file = unlessAbsentNow(() => openSync(path, 'r'));
      if (file === undefined) break;
      let isGiven = false;
      try {
        const status = fstatSync(file);
        const headers = this.#headersOf(path, status);
        isGiven = headers !== undefined;
        if (headers !== undefined) return { file, size: status.size, modified: modifiedAt(status), headers };
        if (!status.isFile()) break;
      } finally {
        if (!isGiven) closeSync(file);
      }
    }
    await this.checkBucket(bucket);
    throw new S3Error('NoSuchKey', 'The key does not exist.');
  }

  async remove(bucket: string, key: string): Promise<void> {
    const path = this.#objectFile(bucket, key);
    await this.#turns.take(path, async () => {
      const status = await unlessAbsent(stat(path));
      if (status?.isFile() !== true) return;
      await rm(path, { force: true });
      await this.#headers.remove(path, modifiedAt(status));
    });
  }

  /** Keys with this prefix, in the order of their UTF-8 bytes. */
  async keys(bucket: string, prefix: string): Promise<string[]> {
    const bucketFolder = this.#bucketFolder(bucket);
    const folder = join(bucketFolder, ...folderOfPrefix(prefix));
    const entries = (await unlessAbsent(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => objectKey(relative(bucketFolder, join(entry.parentPath, entry.name)).split(sep)))
      .filter((key) => key.startsWith(prefix))
      .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }

  /**
   * @param found at the path
   * @throws S3Error `PreconditionFailed`, `NoSuchKey`
   */
  #check(condition: WriteCondition, path: string, found: Stats | undefined): void {
    if (found?.isFile() !== true) {
      if (condition.kind === 'absent') return;
      throw new S3Error('NoSuchKey', 'The key does not exist.');
    }
    if (condition.kind === 'match' && condition.etag === this.#headersOf(path, found)?.['etag']) return;
    throw new S3Error('PreconditionFailed', 'At least one of the preconditions you specified did not hold.');
  }

  /**
   * @param status of the file
   * @returns undefined when it is none, or has been replaced or removed since.
   */
  #headersOf(path: string, status: Stats): ObjectHeaders | undefined {
    if (!status.isFile()) return undefined;
    const modified = modifiedAt(status);
    const kept = this.#headers.read(path, modified);
    if (kept !== undefined) return { etag: etagOf(modified), ...kept };
    // None were kept with it, or they went when it was replaced.
    const now = statSync(path, { throwIfNoEntry: false });
    return now?.ino === status.ino ? { etag: etagOf(modified), ...PLAIN_HEADERS } : undefined;
  }

  /** @throws S3Error `NoSuchBucket` */
  async #place(temporary: string, bucket: string, path: string): Promise<void> {
    // Most objects come to lie where others do already.
    if ((await unlessAbsent(rename(temporary, path).then(() => true))) === true) return;
    await this.checkBucket(bucket);
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
  }

  /** A later millisecond for each object, because headers are found by it. */
  #nextModified(): number {
    this.#lastModified = Math.max(Date.now(), this.#lastModified + 1);
    return this.#lastModified;
  }

  #objectFile(bucket: string, key: string): string {
    return join(this.#bucketFolder(bucket), ...objectPath(key));
  }

  #bucketFolder(bucket: string): string {
    if (!BUCKET_NAME.test(bucket)) throw new S3Error('InvalidBucketName', 'The bucket name is not valid.');
    return join(this.#directory, bucket);
  }
}

/**
 * All but the way to the disk is done in place: it takes less time than to have it done by another thread, which has to be woken
 * for each step, and what is written at once is bounded.
 */
async function receive(temporary: string, content: IncomingContent, modified: number): Promise<ObjectHeaders> {
  const file = openSync(temporary, 'wx');
  try {
    let pieces: Buffer[] = [];
    let size = 0;
    let next = await content.next();
    while (next.done !== true) {
      pieces.push(next.value);
      size += next.value.length;
      if (size >= WRITE_BYTES) {
        writeAll(file, pieces, size);
        pieces = [];
        size = 0;
      }
      next = await content.next();
    }
    writeAll(file, pieces, size);
    futimesSync(file, modified / 1_000, modified / 1_000);
    await toDisk(file);
    return next.value;
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, pieces: readonly Buffer[], size: number): void {
  const written = writevSync(file, pieces);
  // A disk that becomes full takes a part, and says so only when it is given more.
  if (written < size) throw new Error(`Only ${written} of ${size} bytes could be written.`);
}

/** Another one whenever the object is written. S3 does not promise either that it is the MD5 of the content. */
function etagOf(modified: number): string {
  return `"${modified.toString(16).padStart(32, '0')}"`;
}

/** Milliseconds since 1970; file systems keep it as a fraction that may be off by a hair. */
function modifiedAt(status: { readonly mtimeMs: number }): number {
  return Math.round(status.mtimeMs);
}
