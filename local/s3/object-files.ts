import { createHash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { errorCode, unlessAbsent } from '#local/s3/file-errors.ts';
import { HeaderFiles } from '#local/s3/header-files.ts';
import type { ObjectHeaders } from '#local/s3/header-files.ts';
import { folderOfPrefix, objectKey, objectPath } from '#local/s3/object-path.ts';
import { S3Error } from '#local/s3/s3-error.ts';
import { Turns } from '#local/s3/turns.ts';

/** The content of an object on its way in; ends with the headers to keep, or throws and nothing is kept. */
export type IncomingContent = AsyncGenerator<Buffer, ObjectHeaders>;

/** What has to be there when an object is written: nothing, or the object with this entity tag. */
export type WriteCondition = { readonly kind: 'absent' } | { readonly kind: 'match'; readonly etag: string };

export interface OpenObject {
  readonly file: FileHandle;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly headers: ObjectHeaders;
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
/** Names that no bucket can have. */
const HEADERS_FOLDER = '.headers';
const TEMPORARY_FOLDER = '.temporary';
/** How often an object may be replaced between looking at its content and at its headers. */
const OPEN_TRIES = 5;

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
   * @returns the headers that are kept with it.
   * @throws S3Error `PreconditionFailed`, `NoSuchKey`, and whatever reading the content throws.
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
        if (condition !== undefined) await this.#check(condition, bucket, key);
        const replaced = await place(temporary, path);
        if (replaced !== undefined) await this.#headers.remove(path, replaced);
      });
      return headers;
    } catch (error) {
      await this.#headers.remove(path, modified);
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** The caller closes the file. @throws S3Error `NoSuchKey` */
  async open(bucket: string, key: string): Promise<OpenObject> {
    const path = this.#objectFile(bucket, key);
    for (let attempt = 1; ; attempt += 1) {
      const file = await unlessAbsent(open(path));
      const status = await file?.stat();
      const modified = status === undefined ? 0 : modifiedAt(status);
      const headers = await this.#headers.read(path, modified);
      const found = status?.isFile() === true;
      // Another program may have put the file here: then there are none, however often one looks.
      if (file !== undefined && found && (headers !== undefined || attempt === OPEN_TRIES)) {
        return { file, size: status.size, modified, headers: headers ?? { etag: `"${modified}"` } };
      }
      await file?.close();
      if (!found) throw new S3Error('NoSuchKey', 'The key does not exist.');
    }
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

  /** @throws S3Error `PreconditionFailed`, `NoSuchKey` */
  async #check(condition: WriteCondition, bucket: string, key: string): Promise<void> {
    const object = await this.open(bucket, key).catch((error: unknown) => {
      if (condition.kind === 'absent' && error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
      throw error;
    });
    await object?.file.close();
    if (object === undefined || (condition.kind === 'match' && condition.etag === object.headers['etag'])) return;
    throw new S3Error('PreconditionFailed', 'At least one of the preconditions you specified did not hold.');
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

async function receive(temporary: string, content: IncomingContent, modified: number): Promise<ObjectHeaders> {
  const file = await open(temporary, 'wx');
  try {
    const digest = createHash('md5');
    let next = await content.next();
    while (next.done !== true) {
      digest.update(next.value);
      await file.writeFile(next.value);
      next = await content.next();
    }
    await file.utimes(modified / 1_000, modified / 1_000);
    await file.sync();
    return { etag: `"${digest.digest('hex')}"`, ...next.value };
  } finally {
    await file.close();
  }
}

/** @returns the modification time of the object that was replaced. */
async function place(temporary: string, path: string): Promise<number | undefined> {
  await mkdir(dirname(path), { recursive: true });
  const replaced = await unlessAbsent(stat(path));
  await rename(temporary, path);
  return replaced && modifiedAt(replaced);
}

/** Milliseconds since 1970; file systems keep it as a fraction that may be off by a hair. */
function modifiedAt(status: { readonly mtimeMs: number }): number {
  return Math.round(status.mtimeMs);
}
