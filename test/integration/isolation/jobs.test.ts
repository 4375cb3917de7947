import { describe, expect, it } from 'vitest';
import type { ExportFormat, ExportQuery } from '#access/job.ts';
import type { HandledMethod } from '#http/methods.ts';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { exampleBody } from '#tools/generate/api/examples.ts';
import { startAdmin } from '#test/support/admin-function.ts';
import { freshBucket, freshTables } from '#test/support/engine.ts';
import { interceptedClient } from '#test/support/faulty-client.ts';
import { anExport, idsOf, type JobsWorld, jobsWorld, linesIn } from '#test/support/jobs.ts';
import { aReference, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import { partitionKeysIn } from '#test/integration/isolation/partition-keys.ts';

const VERB = 'http://example.com/verbs/same';
const REGISTRATION = uuidOf(0xb00);

/** Each member of a query, complete by its type, with what it finds in both stores alike. */
const QUERIES: Readonly<Record<keyof ExportQuery, ExportQuery>> = {
  statementId: { statementId: uuidOf(1) },
  voidedStatementId: { voidedStatementId: uuidOf(2) },
  agent: { agent: anAgent('ann') },
  verb: { verb: VERB },
  activity: { activity: anActivity('a').id },
  registration: { registration: REGISTRATION },
  related_activities: { activity: anActivity('parent').id, related_activities: true },
  related_agents: { agent: anAgent('lms'), related_agents: true },
  since: { since: '2000-01-01T00:00:00Z' },
  until: { until: '2100-01-01T00:00:00Z' },
  limit: { limit: 3 },
  ascending: { ascending: true },
  format: { format: 'canonical' },
};

const FORMATS: readonly ExportFormat[] = ['jsonl', 'csv', 'parquet'];

/** The same ids in both stores, and in every text the name of the store. */
async function fill({ store, activities }: JobsWorld, name: string): Promise<void> {
  const object = anActivity('a', { name: { en: `of ${name}` } });
  await store.store(
    name,
    drafts(5, 0, () => ({
      actor: anAgent('ann', { name: `of ${name}` }),
      verb: { id: VERB },
      object,
      context: { registration: REGISTRATION, contextActivities: { parent: anActivity('parent') } },
    })),
  );
  await store.store(name, [aVoiding(uuidOf(100), uuidOf(2)), aReference(uuidOf(101), uuidOf(1))]);
  await activities.learn(name, [object]);
}

describe('a job of a store', () => {
  it('never sees what another store has, whatever is asked for', async () => {
    const world = await jobsWorld();
    for (const name of ['store-a', 'store-b']) await fill(world, name);
    for (const [name, query] of Object.entries(QUERIES)) {
      const job = await world.make(anExport(query), 'store-a');
      expect([name, (await world.finish(job)).state]).toEqual([name, 'done']);
      const lines = linesIn(await world.files(job));
      expect([name, lines.length > 0]).toEqual([name, true]);
      expect([name, new Set(idsOf(lines)).size]).toEqual([name, lines.length]);
      expect(lines.join('\n')).not.toContain('store-b');
    }
  });

  it('asks DynamoDB for nothing of another store, and writes nothing elsewhere', async () => {
    const keys: string[] = [];
    const fresh = await freshTables();
    const exportsBucket = await freshBucket();
    const client = interceptedClient(fresh.endpoint, (call, send) => {
      keys.push(...partitionKeysIn(call.input));
      return send();
    });
    const world = await jobsWorld({}, { tables: { ...fresh, client }, exportsBucket });
    for (const name of ['store-a', 'store-b']) await fill(world, name);
    const jobs = [
      ...Object.values(QUERIES).map((query) => anExport(query)),
      ...FORMATS.map((format) =>
        anExport({}, { format, attachments: true, ...(format === 'csv' && { columns: ['id'] }) }),
      ),
      { kind: 'lake-backfill', until: Date.now(), rate: 1_000 } as const,
    ];
    keys.length = 0;
    for (const job of jobs) await world.finish(await world.make(job, 'store-a'));
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !key.startsWith('store-a|') && key !== '*|open-jobs')).toEqual([]);
    const objects: string[] = [];
    for await (const { key } of world.deps.objects.list('')) objects.push(key);
    expect(objects.length).toBeGreaterThan(10);
    expect(objects.filter((key) => !/^exports\/store-a\/|^lake\/.*\/store=store-a\//u.test(key))).toEqual([]);
  });
});

describe('an administrator of another store', () => {
  const ofStores = OPERATIONS.filter(({ query, access }) => query.includes('store') && access === 'admin');

  it('may name a store in some operations', () => {
    expect(ofStores.length).toBeGreaterThan(10);
  });

  it.each(ofStores)('gets nothing by $id', async (operation) => {
    const admin = await startAdmin();
    const made = {
      export: (await admin.send('POST', '/exports', { body: {} })).body.id,
      backfill: (await admin.send('POST', '/lake/backfills', { body: {} })).body.id,
    };
    const path = operation.path.replaceAll(/\{(\w+)\}/gu, (_, name: keyof typeof made) => made[name]);
    const body = exampleBody(operation);
    const { key: _, ...sent } = body ?? {};
    const method: HandledMethod = operation.method;
    const request = { as: 'acme-admin', ...(body !== undefined && { body: sent }) };
    const foreign = await admin.send(method, path, { ...request, query: { store: 'default' } });
    const nowhere = await admin.send(method, path, { ...request, query: { store: 'nowhere' } });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'resource-not-found']);
    expect({ ...foreign.body, received: '' }).toEqual({ ...nowhere.body, received: '' });
    expect((await admin.send('GET', `/exports/${made.export}`)).body.state).toBe('queued');
  });
});
