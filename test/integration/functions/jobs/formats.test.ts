import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportQuery, ExportTask } from '#access/job.ts';
import { STATEMENT_COLUMNS } from '#lake/columns.ts';
import { identityOf } from '#xapi/agent/identity.ts';
import { type DuckRow, openDuck } from '#test/support/duck.ts';
import { anExport, type JobsWorld, jobsWorld } from '#test/support/jobs.ts';
import { readParquet } from '#test/support/lake.ts';
import { anAttachment, sha256Of } from '#test/support/signed-statements.ts';
import { aDraft, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent, aSubStatement, ifiOfAgent } from '#test/support/statements.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

let world: JobsWorld;

beforeAll(async () => {
  world = await jobsWorld({ partBytes: 10_000 });
  await world.store.store(
    'default',
    drafts(60, 0, (index) => ({
      actor: anAgent(index % 2 === 0 ? 'ann' : 'bob', { name: 'Größe 漢' }),
      object: anActivity(`a${index % 3}`, { name: { en: 'One' } }),
      result: { score: { scaled: index / 100, raw: 1e300 }, duration: 'PT1M' },
    })),
  );
});

async function filesOf(query: ExportQuery, task: Partial<ExportTask>): Promise<ReadonlyMap<string, Buffer>> {
  const job = await world.make(anExport(query, task));
  expect((await world.finish(job)).state).toBe('done');
  return world.files(job);
}

async function rowsIn(files: ReadonlyMap<string, Buffer>, sql: string): Promise<readonly DuckRow[]> {
  const folder = await temporaryFolder();
  const paths = await Promise.all(
    Array.from(files, async ([name, content]) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    }),
  );
  const duck = await openDuck();
  try {
    return await duck.query(sql.replace('FILES', readParquet(paths)));
  } finally {
    duck.close();
  }
}

describe('an export as Parquet', () => {
  it('has the columns of the lake, and what the query finds', async () => {
    const files = await filesOf({ agent: anAgent('ann'), ascending: true }, { format: 'parquet' });
    expect(files.size).toBeGreaterThan(1);
    const rows = await rowsIn(files, 'SELECT * FROM FILES ORDER BY position');
    expect(Object.keys(rows[0] ?? {})).toEqual(STATEMENT_COLUMNS.map(({ name }) => name));
    expect(rows).toHaveLength(30);
    expect(rows[1]).toMatchObject({
      statement_id: uuidOf(2),
      actor_name: 'Größe 漢',
      actor_ifi_value: 'mailto:ann@example.com',
      score_scaled: 0.02,
      score_raw: 1e300,
      duration_seconds: 60,
      object_name: 'One',
      voided: false,
    });
    expect(JSON.parse(String(rows[1]?.['raw']))).toMatchObject({ id: uuidOf(2) });
  });

  it('is one file without rows when nothing matches', async () => {
    const files = await filesOf({ verb: 'http://example.com/verbs/none' }, { format: 'parquet' });
    expect([...files.keys()]).toEqual(['part-00001.parquet']);
    expect(await rowsIn(files, 'SELECT count(*)::INT AS rows, count(actor_name)::INT AS names FROM FILES')).toEqual([
      { rows: 0, names: 0 },
    ]);
  });
});

describe('attachments', () => {
  const owner = { store: 'files', authority: ifiOfAgent('lms'), actor: identityOf(anAgent('ann')) };
  const one = Buffer.from('one');
  const two = Buffer.from('two');
  const elsewhere = anAttachment(Buffer.from('elsewhere'), { fileUrl: 'https://example.com/file' });

  beforeAll(async () => {
    for (const content of [one, two]) await world.attachments.put(owner, sha256Of(content), content);
    await world.store.store('files', [
      aDraft(uuidOf(500), { attachments: [anAttachment(one), anAttachment(two)] }),
      aDraft(uuidOf(501), { attachments: [anAttachment(one), elsewhere] }),
      aDraft(uuidOf(502), { object: aSubStatement({ attachments: [anAttachment(two)] }) }),
      aDraft(uuidOf(503)),
      // What another actor has sent is not given to this one.
      aDraft(uuidOf(504), {
        actor: anAgent('eve'),
        attachments: [anAttachment(one, { fileUrl: 'https://evil.example' })],
      }),
    ]);
  });

  it('are copied once each, and listed with what they are and whose', async () => {
    const job = await world.make(anExport({ ascending: true }, { attachments: true }), 'files');
    await world.finish(job);
    const files = await world.files(job);
    expect([...files.keys()].toSorted()).toEqual([
      'attachments-00001.jsonl.gz',
      ...[one, two].map((content) => `attachments/${sha256Of(content)}`).toSorted(),
      'part-00001.jsonl.gz',
    ]);
    expect(files.get(`attachments/${sha256Of(two)}`)).toEqual(two);
    const list = gunzipSync(files.get('attachments-00001.jsonl.gz') ?? '')
      .toString()
      .trim()
      .split('\n');
    const { contentType, usageType } = anAttachment(one);
    const entry = (statement: number, content: Buffer) => ({
      statementId: uuidOf(statement),
      sha2: sha256Of(content),
      contentType,
      length: content.length,
      usageType,
      display: expect.any(Object),
      file: `attachments/${sha256Of(content)}`,
    });
    const { file: _, ...ofEve } = entry(504, one);
    expect(list.map((line) => JSON.parse(line))).toEqual([
      entry(500, one),
      entry(500, two),
      entry(501, one),
      { ...ofEve, ...elsewhere, statementId: uuidOf(501) },
      entry(502, two),
      { ...ofEve, fileUrl: 'https://evil.example' },
    ]);
  });

  it('are left out unless they are wanted, and where there are none', async () => {
    const job = await world.make(anExport(), 'files');
    await world.finish(job);
    expect([...(await world.files(job)).keys()]).toEqual(['part-00001.jsonl.gz']);
    expect([...(await filesOf({ limit: 1 }, { attachments: true })).keys()]).toEqual(['part-00001.jsonl.gz']);
  });

  it('go with the export when it is cancelled', async () => {
    const job = await world.make(anExport({}, { attachments: true }), 'files');
    await world.finish(job);
    expect((await world.files(job)).size).toBe(4);
    const audit = { store: 'files', time: Date.now(), action: 'export-cancelled', result: 'done' } as const;
    await world.registry.commit({ changes: [{ kind: 'job', cancel: job, time: Date.now() }], audit });
    expect((await world.finish(job)).state).toBe('cancelled');
    expect((await world.files(job)).size).toBe(0);
  });
});
