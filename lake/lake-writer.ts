import type { StoreId } from '#access/store.ts';
import { LAKE_TABLES, STATEMENT_COLUMNS } from '#lake/columns.ts';
import { collectUpdates, formatUpdates } from '#lake/dimensions/collect-updates.ts';
import { baseOf, hashOfRows } from '#lake/files/file-name.ts';
import { retryWhenGone } from '#lake/files/file-gone.ts';
import { KnownPositions } from '#lake/files/known-positions.ts';
import { dayOf, type DayPartition } from '#lake/files/layout.ts';
import { type Manifest, readManifest, replaceManifest } from '#lake/files/manifest.ts';
import { publishTwin } from '#lake/files/publish-twin.ts';
import { encodeStatements, putStatementFile, type StatementFile } from '#lake/files/statement-file.ts';
import { cellsOf } from '#lake/parquet/parquet-file.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import type { LanguagePreference } from '#lake/rows/display-text.ts';
import type { LakeStatement, RowContext } from '#lake/rows/row.ts';
import { statementRow } from '#lake/rows/statement-row.ts';
import type { LakeSecret } from '#storage/lake-secret.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** What a file of statements carries for the dimensions, until compaction takes it out. */
export const UPDATES_KEY = 'lake.dimensions';

export interface LakeWriterOptions {
  readonly objects: ObjectStore;
  readonly secret: LakeSecret;
  readonly languages: LanguagePreference;
}

/** Adds statements to the lake, each once, however often and in whatever lots it is told of them. */
export class LakeWriter {
  readonly #objects: ObjectStore;
  readonly #secret: LakeSecret;
  readonly #languages: LanguagePreference;
  readonly #known: KnownPositions;
  readonly #contexts = new Map<StoreId, RowContext>();

  constructor({ objects, secret, languages }: LakeWriterOptions) {
    this.#objects = objects;
    this.#secret = secret;
    this.#languages = languages;
    this.#known = new KnownPositions(objects);
  }

  /**
   * When it returns, all of them are there for readers. When it throws, some may be: tell it again.
   *
   * @param statements all in memory, and all that is made of them: some 8 MB of JSON at once do well
   * @returns how many were not there before
   */
  async add(store: StoreId, statements: readonly LakeStatement[]): Promise<number> {
    const context = await this.#contextOf(store);
    let added = 0;
    for (const [day, ofDay] of Map.groupBy(statements, ({ position }) => dayOf(position))) {
      added += await this.#addToDay({ store, day }, distinct(ofDay), context);
    }
    return added;
  }

  async #addToDay(partition: DayPartition, statements: readonly LakeStatement[], context: RowContext): Promise<number> {
    for (;;) {
      const added = await retryWhenGone(() => this.#tryToAdd(partition, statements, context));
      if (added === undefined) continue;
      // Also when nothing was missing: who has added it may have died before this.
      await publishTwin(this.#objects, partition);
      return added;
    }
  }

  /** @returns how many; undefined: somebody else has changed the partition meanwhile */
  async #tryToAdd(
    partition: DayPartition,
    statements: readonly LakeStatement[],
    context: RowContext,
  ): Promise<number | undefined> {
    const manifest = await readManifest(this.#objects, LAKE_TABLES.statements, partition);
    const positions = statements.map(({ position }) => position);
    const there = await this.#known.among(positions, partition, manifest.names);
    const missing = statements.filter(({ position }) => !there.has(position));
    if (missing.length === 0) return 0;
    return (await this.#commit(partition, manifest, missing, context)) ? missing.length : undefined;
  }

  /** @returns false: somebody else has changed the partition meanwhile */
  async #commit(
    partition: DayPartition,
    manifest: Manifest,
    statements: readonly LakeStatement[],
    context: RowContext,
  ): Promise<boolean> {
    const file = freshFile(statements, manifest, context);
    await putStatementFile(this.#objects, partition, file);
    const names = [...manifest.names, file.name];
    if (!(await replaceManifest(this.#objects, LAKE_TABLES.statements, partition, manifest, names))) return false;
    this.#known.remember(
      file.name,
      statements.map(({ position }) => position),
    );
    return true;
  }

  async #contextOf(store: StoreId): Promise<RowContext> {
    const known = this.#contexts.get(store);
    if (known !== undefined) return known;
    const context = { keys: new ActorKeys(await this.#secret.get(), store), languages: this.#languages };
    this.#contexts.set(store, context);
    return context;
  }
}

function distinct(statements: readonly LakeStatement[]): readonly LakeStatement[] {
  return [...new Map(statements.map((statement) => [statement.position, statement])).values()];
}

/** A function of the statements and the manifest it is for: a writer that dies and tries again makes the same file. */
function freshFile(statements: readonly LakeStatement[], manifest: Manifest, context: RowContext): StatementFile {
  const rows = statements.map((statement) => statementRow(statement, context)).toSorted(byActor);
  const positions = rows.map(({ position }) => position).toSorted();
  return encodeStatements(
    [{ cells: cellsOf(STATEMENT_COLUMNS, rows), rows: rows.length }],
    {
      kind: 'fresh',
      first: positions[0] ?? '',
      last: positions.at(-1) ?? '',
      rows: rows.length,
      rawBytes: statements.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      base: baseOf(manifest.text),
      hash: hashOfRows(positions),
    },
    { [UPDATES_KEY]: formatUpdates(collectUpdates(statements, context)) },
  );
}

interface Sortable {
  readonly actor_key: string;
  readonly position: string;
}

/** Rows of one actor stand together, in the order of time, so that a reader of one actor skips the rest. */
function byActor(one: Sortable, other: Sortable): number {
  if (one.actor_key !== other.actor_key) return one.actor_key < other.actor_key ? -1 : 1;
  return one.position < other.position ? -1 : 1;
}
