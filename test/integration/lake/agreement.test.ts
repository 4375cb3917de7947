import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import { STATEMENT_COLUMNS } from '#lake/columns.ts';
import { dayOf } from '#lake/files/layout.ts';
import { PENDING_FOLDER } from '#lake/removals/removal-marks.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { Duck, DuckRow } from '#test/support/duck.ts';
import { expectedRow, type Identity } from '#test/support/expected-row.ts';
import { compactionOn } from '#test/support/lake.ts';
import { copyLake, type LakeCopy } from '#test/support/lake-copy.ts';
import { type LakeFunctions, lakeFunctions } from '#test/support/lake-functions.ts';
import { keysIn } from '#test/support/lake-readers.ts';
import { aVoiding, uuidOf } from '#test/support/statement-drafts.ts';
import { PERSONAL_TEXTS, type VariedStatement, VariedStatements } from '#test/support/varied-statements.ts';

/* The lake against the LRS: what is stored by the one is read by DuckDB, which shares no code with either, from the other. */

const COUNT = 10_000;
const OTHER_COUNT = 300;
const ARRAY = 1_000;
/** Records of a call: about what Lambda delivers. */
const BATCH = 2_600;
const PATIENCE = 120_000;

const KEY_COLUMNS = ['actor_key', 'instructor_key', 'team_key', 'authority_key'] as const;

let lake: LakeFunctions;
let copy: LakeCopy;
let made: ReadonlyMap<string, VariedStatement>;
/** Of the store `default`, in its order. */
let stored: readonly StoredStatement[];

beforeAll(async () => {
  lake = await lakeFunctions();
  const varied = new VariedStatements(7);
  const all = Array.from({ length: COUNT + OTHER_COUNT }, (_, number) => varied.make(number));
  made = new Map(all.map((one) => [one.draft.id, one]));
  for (let start = 0; start < COUNT; start += ARRAY)
    await store('default', all.slice(start, Math.min(start + ARRAY, COUNT)));
  await store('other', all.slice(COUNT));
  stored = await storedIn('default');
  await bringIn(0);
  await lake.compactAll();
  copy = await copyLake(lake.objects);
}, PATIENCE);

afterAll(() => copy.close());

async function store(name: string, statements: readonly VariedStatement[]): Promise<void> {
  await lake.stores.open().store(
    name,
    statements.map(({ draft }) => draft),
  );
}

/** @param from how many records the lake knows @returns how many there are */
async function bringIn(from: number): Promise<number> {
  const records = await lake.records();
  for (let start = from; start < records.length; start += BATCH) {
    expect(await lake.write(records.slice(start, start + BATCH))).toEqual({ batchItemFailures: [] });
  }
  return records.length;
}

async function storedIn(name: string): Promise<readonly StoredStatement[]> {
  const statements: StoredStatement[] = [];
  let after: string | undefined;
  do {
    const page = await lake.stores.open().query({
      store: name,
      filters: {},
      ascending: true,
      limit: 500,
      maxBytes: 100_000_000,
      ...(after !== undefined && { after }),
    });
    statements.push(...page.statements);
    after = page.next;
  } while (after !== undefined);
  return statements;
}

function expected({ id, text, voided }: StoredStatement): DuckRow {
  return expectedRow({ text, voided, happened: made.get(id)?.happened ?? 0n });
}

async function rowsOf(duck: Duck, rest = `WHERE store = 'default' ORDER BY position`): Promise<readonly DuckRow[]> {
  return duck.query(
    `SELECT * REPLACE (epoch_us(stored) AS stored, epoch_us("timestamp") AS "timestamp") FROM statements ${rest}`,
  );
}

function lengthOfFirst(attachments: unknown): number {
  const [first]: readonly unknown[] = Array.isArray(attachments) ? attachments : [];
  return typeof first === 'object' && first !== null && 'length' in first ? Number(first.length) : Number.NaN;
}

async function valueOf(sql: string): Promise<unknown> {
  const [row = {}] = await copy.duck.query(sql);
  return Object.values(row)[0];
}

/** How many files DuckDB opens for a query. */
async function filesRead(where: string): Promise<string | undefined> {
  const [row = {}] = await copy.duck.query(`EXPLAIN ANALYZE SELECT count(raw) FROM statements WHERE ${where}`);
  return /Total Files Read: (\d+)/u.exec(JSON.stringify(row))?.[1];
}

describe('the lake', () => {
  it('has the statements of the store, in their order, each once', async () => {
    expect(stored).toHaveLength(COUNT);
    const rows = await copy.duck.query(`SELECT position FROM statements WHERE store = 'default' ORDER BY position`);
    expect(rows.map(({ position }) => position)).toEqual(stored.map(({ at }) => at));
    expect(await valueOf(`SELECT count(*)::INTEGER FROM statements WHERE store = 'other'`)).toBe(OTHER_COUNT);
  });

  it(
    'says in every column what the JSON of the statement says',
    async () => {
      const rows = await rowsOf(copy.duck);
      const keys = new Map<Identity, unknown>();
      for (const [index, statement] of stored.entries()) {
        const row = rows[index] ?? {};
        const wanted = withKeys(expected(statement), row, keys);
        expect(row).toEqual({ ...wanted, position: statement.at, store: 'default', dt: dayOf(statement.at) });
      }
      expect(Object.keys(rows[0] ?? {})).toEqual([...STATEMENT_COLUMNS.map(({ name }) => name), 'dt', 'store']);
      expect(new Set(keys.values())).toHaveLength(keys.size);
    },
    PATIENCE,
  );

  it('agrees in sums, counts and distinct values', async () => {
    const rows = stored.map(expected);
    const count = (wants: (row: DuckRow) => boolean): number => rows.filter(wants).length;
    const from = `FROM statements WHERE store = 'default'`;
    const scores = rows.map(({ score_scaled: score }) => (typeof score === 'number' ? score : 0));
    expect(await valueOf(`SELECT sum(score_scaled) ${from}`)).toBeCloseTo(
      scores.reduce((sum, score) => sum + score),
      6,
    );
    expect(await valueOf(`SELECT count(DISTINCT actor_key)::INTEGER ${from}`)).toBe(
      new Set(rows.map(({ actor_key: key }) => key)).size,
    );
    expect(await valueOf(`SELECT count(*)::INTEGER ${from} AND success`)).toBe(
      count(({ success }) => success === true),
    );
    expect(await valueOf(`SELECT count(*)::INTEGER ${from} AND len(context_parent) = 2`)).toBe(
      count(({ context_parent: parents }) => Array.isArray(parents) && parents.length === 2),
    );
    expect(await valueOf(`SELECT sum(attachments[1].length)::BIGINT ${from} AND len(attachments) = 2`)).toBe(
      String(
        rows
          .map(({ attachments }) => attachments)
          .filter((list) => Array.isArray(list) && list.length === 2)
          .reduce((sum: number, list) => sum + lengthOfFirst(list), 0),
      ),
    );
  });

  it('lets a query read nothing of other stores and days', async () => {
    const day = dayOf(stored[0]?.at ?? '');
    expect(await filesRead(`store = 'other'`)).toBe('1');
    expect(await filesRead(`store = 'default' AND dt = '${day}'`)).toBe('1');
    expect(await filesRead(`dt >= '2099-01-01'`)).toBe('0');
  });
});

describe('the table without names', () => {
  it('has the same statements, and neither in a cell nor in metadata a name or an identifier', async () => {
    const rows = await copy.duck.query(`SELECT * FROM statements_pseudonymous`);
    expect(rows).toHaveLength(COUNT + OTHER_COUNT);
    const texts = [JSON.stringify(rows)];
    for (const [key, path] of copy.files) {
      if (!key.startsWith('lake/pseudonymous/')) continue;
      texts.push(JSON.stringify(await copy.duck.query(`SELECT * FROM parquet_metadata('${path}')`)));
      texts.push(
        JSON.stringify(
          await copy.duck.query(`SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('${path}')`),
        ),
      );
      texts.push((await readFile(path)).toString('latin1'));
    }
    const all = texts.join('\n');
    expect(PERSONAL_TEXTS.filter((text) => all.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
  });

  it('is looked through for what the other table has', async () => {
    const all = JSON.stringify(await rowsOf(copy.duck));
    expect(PERSONAL_TEXTS.filter((text) => !all.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
  });
});

describe('the lake, when statements are voided and erased', () => {
  it(
    'has them no more, in no file, and all others as they were',
    async () => {
      const voided = stored.filter((_, index) => index % 997 === 5);
      const erased = stored.filter((_, index) => index % 1_999 === 11);
      const known = (await lake.records()).length;
      const voidings = voided.map(({ id }, index) => aVoiding(uuidOf(7_000_000 + index), id));
      await lake.stores.open().store('default', voidings);
      await bringIn(known);
      await lake.compactCalled();
      const positions = erased.map(({ at }) => at);
      await eraseStatements(compactionOn(lake.objects), 'default', { positions });

      const gone = new Set([...voided, ...erased].map(({ id }) => id));
      const left = (await storedIn('default')).filter(({ id }) => !gone.has(id)).map(({ id }) => id);
      expect(left).toHaveLength(COUNT - gone.size + voidings.length);
      const after = await copyLake(lake.objects);
      try {
        for (const table of ['statements', 'statements_pseudonymous']) {
          const rows = await after.duck.query(
            `SELECT statement_id FROM ${table} WHERE store = 'default' ORDER BY position`,
          );
          expect(rows.map(({ statement_id: id }) => id)).toEqual(left);
        }
        const files = [...after.files.values()].filter((path) => path.endsWith('.parquet'));
        const ids = await after.duck.query(
          `SELECT statement_id FROM read_parquet([${files.map((path) => `'${path}'`).join(', ')}], union_by_name = true)`,
        );
        expect(ids.filter(({ statement_id: id }) => gone.has(String(id)))).toEqual([]);
      } finally {
        await after.close();
      }
      await lake.compactAll();
      expect(await keysIn(lake.objects, PENDING_FOLDER)).toEqual([]);
    },
    PATIENCE,
  );
});

/**
 * Puts the keys of a row in the place of the identities in what is wanted of it. An identity has the same key everywhere:
 * the one with which it was met first.
 */
function withKeys(wanted: DuckRow, row: DuckRow, keys: Map<Identity, unknown>): DuckRow {
  const keyOf = (identity: unknown, found: unknown): unknown => {
    if (typeof identity !== 'string') return identity;
    if (!keys.has(identity)) keys.set(identity, found);
    return keys.get(identity);
  };
  const isActor = wanted['object_type'] === 'Agent' || wanted['object_type'] === 'Group';
  const columns = [...KEY_COLUMNS, ...(isActor ? ['object_id'] : [])];
  const members = wanted['actor_member_keys'];
  const found = row['actor_member_keys'];
  return {
    ...wanted,
    ...Object.fromEntries(columns.map((name) => [name, keyOf(wanted[name], row[name])])),
    actor_member_keys: Array.isArray(members)
      ? members.map((member: unknown, index) => keyOf(member, Array.isArray(found) ? found[index] : undefined))
      : null,
  };
}
