import { type Item, type ItemKey, keyOf } from '#storage/dynamodb/attributes.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { PACK_ATTRIBUTES, timePackKey } from '#storage/dynamodb/statements/pack-item.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import { type PackedStatement, readPack } from '#storage/dynamodb/statements/read-pack.ts';
import {
  readStatementRow,
  ROW_ATTRIBUTES,
  statementKey,
  type StatementRow,
  type VisibleRow,
} from '#storage/dynamodb/statements/statement-item.ts';
import { exists } from '#storage/dynamodb/statements/statement-reader.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** By position. */
type PackedStatements = ReadonlyMap<string, PackedStatement>;

/** Finds out which candidates are statements to be seen, and reads what the indexes did not bring. */
export class CandidateReader {
  readonly #table: StatementsTable;
  readonly #journals: Journals;

  constructor(table: StatementsTable, journals: Journals) {
    this.#table = table;
    this.#journals = journals;
  }

  /** @returns the row of each candidate, undefined where there is nothing to be seen. */
  async read(keyspace: Keyspace, candidates: readonly Candidate[]): Promise<readonly (VisibleRow | undefined)[]> {
    const unread = candidates.filter(isUnread);
    const read = unread.length === 0 ? undefined : await this.#rowsOf(keyspace, unread);
    const rows = candidates.map((candidate) => (isUnread(candidate) ? read?.get(candidate) : candidate.row));
    const committed = await this.#committedJournals(keyspace, rows);
    return rows.map((row) => (row !== undefined && isVisible(row, committed) ? row : undefined));
  }

  async #rowsOf(keyspace: Keyspace, unread: readonly Candidate[]): Promise<ReadonlyMap<Candidate, VisibleRow>> {
    const packed = await this.#packed(keyspace, unread);
    const missing = unread.filter(({ packedIn, at }) => packedIn === undefined || isToBeAsked(packed.get(at)));
    const single = await this.#singleRows(keyspace, missing);
    const rowOf = ({ at, id }: Candidate): VisibleRow | undefined => {
      const row = packed.get(at)?.row ?? single.get(id);
      // An entry may have been written for an attempt to store the statement that was not the one that succeeded.
      return exists(row) && row.at === at ? row : undefined;
    };
    return new Map(
      unread.flatMap((candidate) => {
        const row = rowOf(candidate);
        return row === undefined ? [] : [[candidate, row]];
      }),
    );
  }

  /** What packs by time have of candidates that name a section. */
  async #packed(keyspace: Keyspace, unread: readonly Candidate[]): Promise<PackedStatements> {
    const places = new Map(
      unread.flatMap(({ packedIn }) => (packedIn === undefined ? [] : [[packedIn.section, packedIn]])),
    );
    if (places.size === 0) return new Map();
    const keys = Array.from(places.values(), (place) => timePackKey(keyspace, place));
    const packs = await this.#table.getAll(keys, PACK_ATTRIBUTES);
    const statements = packs.flatMap((item) => readPack(item).statements);
    return new Map(statements.map((statement) => [statement.at, statement]));
  }

  async #singleRows(keyspace: Keyspace, missing: readonly Candidate[]): Promise<ReadonlyMap<string, StatementRow>> {
    if (missing.length === 0) return new Map();
    const keys = Array.from(new Set(missing.map(({ id }) => id)), (id) => statementKey(keyspace, id));
    const items = await this.#table.getAll(keys, ROW_ATTRIBUTES);
    return new Map(items.map(readStatementRow).map((row) => [row.id, row]));
  }

  /** Each is asked for once: while some are read, other pages may have the process forget those that it knew. */
  async #committedJournals(
    keyspace: Keyspace,
    rows: readonly (VisibleRow | undefined)[],
  ): Promise<ReadonlySet<string>> {
    const [committed, unknown] = [new Set<string>(), new Set<string>()];
    for (const row of rows) {
      const id = row?.journal;
      if (id === undefined || committed.has(id) || unknown.has(id)) continue;
      const isCommitted = this.#journals.isCommitted(keyspace, id);
      if (isCommitted === undefined) unknown.add(id);
      else if (isCommitted) committed.add(id);
    }
    if (unknown.size === 0) return committed;
    const items = await this.#table.getAll(Array.from(unknown, (id) => this.#journals.key(keyspace, id)));
    for (const id of unknown) {
      const item = itemWithKey(items, this.#journals.key(keyspace, id));
      if (this.#journals.learn(keyspace, id, item)) committed.add(id);
    }
    return committed;
  }
}

function isVisible({ voidedBy, journal }: VisibleRow, committed: ReadonlySet<string>): boolean {
  return voidedBy === undefined && (journal === undefined || committed.has(journal));
}

/** A pack has the statement, but not its text. */
function isToBeAsked(statement: PackedStatement | undefined): boolean {
  return statement !== undefined && statement.row === undefined;
}

function isUnread({ row, leftOut }: Candidate): boolean {
  return row?.body === undefined && row?.packedBody === undefined && leftOut === undefined;
}

function itemWithKey(items: readonly Item[], key: ItemKey): Item | undefined {
  return items.find((item) => keyOf(item).pk === key.pk);
}
