import { type Item, type ItemKey, keyOf } from '#storage/dynamodb/attributes.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { PACK_ATTRIBUTES, readPack, timePackKey } from '#storage/dynamodb/statements/pack-item.ts';
import { packedRow } from '#storage/dynamodb/statements/packed-row.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import {
  readStatementRow,
  ROW_ATTRIBUTES,
  statementKey,
  type StatementRow,
} from '#storage/dynamodb/statements/statement-item.ts';
import { exists, type ExistingRow } from '#storage/dynamodb/statements/statement-reader.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** By position, as `packedRow` gives them. */
type PackedRows = ReadonlyMap<string, StatementRow | undefined>;

/** Finds out which candidates are statements to be seen, and reads what the indexes did not bring. */
export class CandidateReader {
  readonly #table: StatementsTable;
  readonly #journals: Journals;

  constructor(table: StatementsTable, journals: Journals) {
    this.#table = table;
    this.#journals = journals;
  }

  /** @returns the row of each candidate, undefined where there is nothing to be seen. */
  async read(keyspace: Keyspace, candidates: readonly Candidate[]): Promise<readonly (ExistingRow | undefined)[]> {
    const rows = await this.#rows(keyspace, candidates);
    await this.#learnJournals(keyspace, rows);
    return rows.map((row, index) => {
      // An entry may have been written for an attempt to store the statement that was not the one that succeeded.
      if (!exists(row) || row.at !== candidates[index]?.at || row.voidedBy !== undefined) return undefined;
      return row.journal === undefined || this.#journals.isCommitted(keyspace, row.journal) ? row : undefined;
    });
  }

  async #rows(keyspace: Keyspace, candidates: readonly Candidate[]): Promise<readonly (StatementRow | undefined)[]> {
    const unread = candidates.filter(isUnread);
    if (unread.length === 0) return candidates.map(({ row }) => row);
    const packed = await this.#packedRows(keyspace, unread);
    const missing = unread.filter(({ packedIn, at }) => packedIn === undefined || isToBeAsked(packed, at));
    const single = await this.#singleRows(keyspace, missing);
    return candidates.map((candidate) => {
      return isUnread(candidate) ? (packed.get(candidate.at) ?? single.get(candidate.id)) : candidate.row;
    });
  }

  /** What packs by time have of candidates that name a section. */
  async #packedRows(keyspace: Keyspace, unread: readonly Candidate[]): Promise<PackedRows> {
    const places = new Map(
      unread.flatMap(({ packedIn }) => (packedIn === undefined ? [] : [[packedIn.section, packedIn]])),
    );
    if (places.size === 0) return new Map();
    const keys = Array.from(places.values(), (place) => timePackKey(keyspace, place));
    const packs = await this.#table.getAll(keys, PACK_ATTRIBUTES);
    const statements = packs.flatMap((item) => readPack(item).statements);
    return new Map(statements.map((statement) => [statement.at, packedRow(statement)]));
  }

  async #singleRows(keyspace: Keyspace, missing: readonly Candidate[]): Promise<ReadonlyMap<string, StatementRow>> {
    if (missing.length === 0) return new Map();
    const keys = Array.from(new Set(missing.map(({ id }) => id)), (id) => statementKey(keyspace, id));
    const items = await this.#table.getAll(keys, ROW_ATTRIBUTES);
    return new Map(items.map(readStatementRow).map((row) => [row.id, row]));
  }

  async #learnJournals(keyspace: Keyspace, rows: readonly (StatementRow | undefined)[]): Promise<void> {
    const ids = new Set(rows.flatMap((row) => row?.journal ?? []));
    const unknown = [...ids].filter((id) => this.#journals.isCommitted(keyspace, id) === undefined);
    if (unknown.length === 0) return;
    const items = await this.#table.getAll(unknown.map((id) => this.#journals.key(keyspace, id)));
    for (const id of unknown) this.#journals.learn(keyspace, id, itemWithKey(items, this.#journals.key(keyspace, id)));
  }
}

/** A pack has the statement, but not its text. */
function isToBeAsked(packed: PackedRows, at: string): boolean {
  return packed.has(at) && packed.get(at) === undefined;
}

function isUnread({ row, leftOut }: Candidate): boolean {
  return row?.body === undefined && row?.packedBody === undefined && leftOut === undefined;
}

function itemWithKey(items: readonly Item[], key: ItemKey): Item | undefined {
  return items.find((item) => keyOf(item).pk === key.pk);
}
