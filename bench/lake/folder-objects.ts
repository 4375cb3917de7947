import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ListedObject, ObjectStore, StoredObject } from '#storage/object-store.ts';

/** Objects in a folder, for one process at a time: what is measured is the lake, not what keeps it. */
export class FolderObjects implements ObjectStore {
  readonly root = 's3://lake/';
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const content = await orAbsent(readFile(this.#pathOf(key)));
    return content && { content, etag: etagOf(content) };
  }

  async getRange(key: string, start: number, end: number): Promise<Uint8Array | undefined> {
    const file = await orAbsent(open(this.#pathOf(key)));
    if (file === undefined) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  async replace(key: string, content: Uint8Array, seen: string | undefined): Promise<boolean> {
    const there = await this.get(key);
    if (there?.etag !== seen) return false;
    await this.put(key, content);
    return true;
  }

  delete(key: string): Promise<void> {
    return rm(this.#pathOf(key), { force: true });
  }

  async *list(prefix: string, after = ''): AsyncGenerator<ListedObject> {
    const entries = (await orAbsent(readdir(this.#folder, { recursive: true, withFileTypes: true }))) ?? [];
    const keys = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)))
      .filter((key) => key.startsWith(prefix) && key > after)
      .toSorted();
    for (const key of keys) {
      const found = await orAbsent(stat(this.#pathOf(key)));
      if (found !== undefined) yield { key, size: found.size, modified: found.mtimeMs };
    }
  }

  #pathOf(key: string): string {
    return join(this.#folder, key);
  }
}

function etagOf(content: Uint8Array): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

async function orAbsent<Value>(found: Promise<Value>): Promise<Value | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
