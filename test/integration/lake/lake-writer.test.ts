import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { openDuck } from '#test/support/duck.ts';
import {
  currentFilesOf,
  freshLake,
  lakeWriterOn,
  partitionOf,
  readParquet,
  StoredStatements,
} from '#test/support/lake.ts';
import { idsIn, selectFrom } from '#test/support/lake-readers.ts';
import { anAgent } from '#test/support/statements.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

function ids(statements: readonly LakeStatement[]): readonly string[] {
  return statements.map(({ id }) => id);
}

describe('the writer of the lake', () => {
  it('adds statements, each once, whoever is told of it how often', async () => {
    const objects = await freshLake();
    const statements = new StoredStatements().many(30);
    const [first] = statements;
    if (first === undefined) throw new Error('There are no statements.');
    expect(await lakeWriterOn(objects).add('default', statements.slice(0, 20))).toBe(20);
    const other = lakeWriterOn(objects);
    expect(await other.add('default', statements.slice(10))).toBe(10);
    expect(await other.add('default', statements)).toBe(0);
    expect(await idsIn(objects, partitionOf(first))).toEqual(ids(statements));
  });

  it('adds what several tell it at once', async () => {
    const objects = await freshLake();
    const statements = new StoredStatements().many(60);
    const [first] = statements;
    if (first === undefined) throw new Error('There are no statements.');
    const lots = [0, 10, 20, 30, 40].map((start) => statements.slice(start, start + 20));
    const added = await Promise.all(lots.map((lot) => lakeWriterOn(objects).add('default', lot)));
    expect(added.reduce((sum, count) => sum + count)).toBe(60);
    expect(await idsIn(objects, partitionOf(first))).toEqual(ids(statements));
  });

  it('makes the same file of the same statements', async () => {
    const [one, other] = await Promise.all([freshLake(), freshLake()]);
    const statements = new StoredStatements().many(5);
    const [first] = statements;
    if (first === undefined) throw new Error('There are no statements.');
    await lakeWriterOn(one).add('default', statements);
    await lakeWriterOn(other).add('default', statements.toReversed());
    const partition = partitionOf(first);
    const [names, otherNames] = await Promise.all([
      readManifest(one, LAKE_TABLES.statements, partition),
      readManifest(other, LAKE_TABLES.statements, partition),
    ]);
    expect(otherNames.names).toEqual(names.names);
  });

  it('sorts a file by actor, then time', async () => {
    const objects = await freshLake();
    const stored = new StoredStatements();
    const statements = Array.from({ length: 12 }, (_, index) =>
      stored.make({ actor: anAgent(`learner-${index % 3}`) }),
    );
    const [first] = statements;
    if (first === undefined) throw new Error('There are no statements.');
    await lakeWriterOn(objects).add('default', statements.toReversed());
    const rows = await selectFrom(objects, 'statements', partitionOf(first), 'SELECT actor_key, position');
    const order = rows.map(({ actor_key: key, position }) => `${String(key)} ${String(position)}`);
    expect(order).toHaveLength(12);
    expect(order).toEqual(order.toSorted());
  });

  it('parts statements by the day they were stored, in UTC', async () => {
    const objects = await freshLake();
    let now = Date.UTC(2030, 0, 31, 23, 59, 59, 999);
    const stored = new StoredStatements(() => now);
    const last = stored.make();
    now += 1;
    const next = stored.make();
    await lakeWriterOn(objects).add('default', [last, next]);
    expect(partitionOf(last).day).toBe('2030-01-31');
    expect(await idsIn(objects, partitionOf(last))).toEqual([last.id]);
    expect(partitionOf(next).day).toBe('2030-02-01');
    expect(await idsIn(objects, partitionOf(next))).toEqual([next.id]);
  });

  it('keeps the stores apart', async () => {
    const objects = await freshLake();
    const statement = new StoredStatements().make();
    const writer = lakeWriterOn(objects);
    await writer.add('acme', [statement]);
    await writer.add('default', [statement]);
    const folder = await temporaryFolder();
    const files = [
      ...(await currentFilesOf(objects, 'statements', partitionOf(statement, 'acme'), folder)),
      ...(await currentFilesOf(objects, 'statements', partitionOf(statement), folder)),
    ];
    const duck = await openDuck();
    const rows = await duck.query(`SELECT store, actor_key FROM ${readParquet(files)} ORDER BY store`);
    duck.close();
    expect(rows.map(({ store }) => store)).toEqual(['acme', 'default']);
    expect(rows[0]?.['actor_key']).not.toBe(rows[1]?.['actor_key']);
  });

  it('publishes a twin without what tells who learners are', async () => {
    const objects = await freshLake();
    const statement = new StoredStatements().make({
      actor: { name: 'Sally Glider', mbox: 'mailto:sally@example.com' },
      result: { response: 'my name is Sally' },
      context: { instructor: { name: 'Irene', mbox: 'mailto:irene@example.com' } },
      authority: { name: 'Sally too', account: { homePage: 'https://lms.example.com', name: 'sally' } },
    });
    await lakeWriterOn(objects).add('default', [statement]);
    const files = await currentFilesOf(objects, 'pseudonymous', partitionOf(statement), await temporaryFolder());
    const duck = await openDuck();
    const rows = await duck.query(`SELECT * FROM ${readParquet(files)}`);
    const metadata = await duck.query(`SELECT key, value FROM parquet_kv_metadata('${files[0] ?? ''}')`);
    duck.close();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ statement_id: statement.id, actor_type: 'Agent', actor_ifi_type: 'mbox' });
    const all = JSON.stringify([rows, metadata]);
    for (const personal of ['Sally', 'sally', 'Irene', 'irene']) expect(all).not.toContain(personal);
  });
});
