import { randomUUID } from 'node:crypto';
import type { StoreId } from '#access/store.ts';
import { dimensionFileName } from '#lake/dimensions/dimension-file.ts';
import { type Dimension, type DimensionRow, takeIn } from '#lake/dimensions/dimension.ts';
import { FileGone, retryWhenGone } from '#lake/files/file-gone.ts';
import { dataFolder } from '#lake/files/layout.ts';
import { type Manifest, readManifest, replaceManifest } from '#lake/files/manifest.ts';
import { cellsOf, ParquetFile } from '#lake/parquet/parquet-file.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import type { ObjectStore } from '#storage/object-store.ts';

const GROUP_ROWS = 100_000;

/** @returns whether it has changed the rows, which are by key */
type Change = (known: Map<string, DimensionRow>) => Promise<boolean>;

/** The rows of one dimension of a store: one file, which another takes the place of when something new was said. */
export class DimensionTable {
  readonly #objects: ObjectStore;
  readonly #dimension: Dimension;
  readonly #keepsOld: boolean;

  /** @param keepsOld for readers that are at it: garbage collection deletes it later */
  constructor(objects: ObjectStore, dimension: Dimension, keepsOld: boolean) {
    this.#objects = objects;
    this.#dimension = dimension;
    this.#keepsOld = keepsOld;
  }

  /** @param rows is asked for them after what is there was read, and again when somebody else has changed that meanwhile */
  async takeIn(store: StoreId, rows: () => Promise<readonly DimensionRow[]>): Promise<void> {
    await this.#change(store, async (known) => takeIn(this.#dimension, known, await rows()));
  }

  /**
   * Replaces the table even if it has none of them: who was about to take one of them in has to begin again.
   *
   * @param keys of rows that are to be there no more
   */
  async remove(store: StoreId, keys: readonly string[]): Promise<void> {
    await this.#change(store, (known) => {
      for (const key of keys) known.delete(key);
      return Promise.resolve(true);
    });
  }

  async #change(store: StoreId, change: Change): Promise<void> {
    while (!(await retryWhenGone(() => this.#tryChange(store, change))));
  }

  /** @returns false: somebody else has changed it meanwhile */
  async #tryChange(store: StoreId, change: Change): Promise<boolean> {
    const { table } = this.#dimension;
    const folder = dataFolder(table, { store });
    const manifest = await readManifest(this.#objects, table, { store });
    const known = await this.#read(folder, manifest);
    if (!(await change(known))) return true;
    const name = dimensionFileName(manifest, randomUUID());
    await this.#objects.put(folder + name, this.#encode([...known.values()]));
    const isReplaced = await replaceManifest(this.#objects, table, { store }, manifest, [name]);
    const olds = isReplaced ? (this.#keepsOld ? [] : manifest.names) : [name];
    for (const old of olds) await this.#objects.delete(folder + old);
    return isReplaced;
  }

  async #read(folder: string, { names }: Manifest): Promise<Map<string, DimensionRow>> {
    const known = new Map<string, DimensionRow>();
    for (const name of names) {
      const found = await this.#objects.get(folder + name);
      if (found === undefined) throw new FileGone(folder + name);
      const rows = await this.#decode(found.content);
      for (const row of rows) known.set(String(row[this.#dimension.key]), row);
    }
    return known;
  }

  async #decode(content: Uint8Array): Promise<readonly DimensionRow[]> {
    const reader = await ParquetReader.open(inMemory(content));
    const { columns } = this.#dimension.table;
    const cells = await Promise.all(columns.map(async ({ name }) => [name, await reader.column(name)] as const));
    return Array.from({ length: reader.rows }, (_, index) => {
      const row = cells.map(([name, column]) => [name, column[index] ?? null] as const);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- cells are read as they were written
      return Object.fromEntries(row) as DimensionRow;
    });
  }

  #encode(rows: readonly DimensionRow[]): Uint8Array {
    const { table, key } = this.#dimension;
    const sorted = rows.toSorted((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1));
    const file = new ParquetFile(table.columns);
    for (let start = 0; start < sorted.length; start += GROUP_ROWS) {
      const group = sorted.slice(start, start + GROUP_ROWS);
      file.addGroup(cellsOf(table.columns, group), group.length);
    }
    return file.finish();
  }
}
