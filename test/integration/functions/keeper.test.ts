import { beforeEach, describe, expect, it } from 'vitest';
import { addCounts, type CountedEvent, type Counts } from '#access/counted-event.ts';
import type { AuditRecord } from '#access/audit-record.ts';
import { verifyChain } from '#access/verify-chain.ts';
import { createHandler, type KeeperRun } from '#functions/keeper/handler.ts';
import { createLogger } from '#runtime/logger.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { connectionLost, interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';
import { DynamoDbEventNotes } from '#storage/dynamodb/event-notes.ts';
import { seededRandom } from '#test/support/random.ts';

const NOW = Date.parse('2026-03-02T12:30:00Z');
const HOURS = ['2026-03-01T08', '2026-03-02T10', '2026-03-02T11'] as const;
const STORES = ['default', 'a'] as const;

const now = (): number => NOW;

let tables: FreshTables;
let counters: DynamoDbEventCounters;
let lines: string[];

beforeEach(async () => {
  tables = await freshTables();
  counters = new DynamoDbEventCounters(tables.client, tables.names.registry);
  lines = [];
});

function aKeeper(intercept?: Interceptor, clock = now): () => Promise<KeeperRun> {
  const client = intercept === undefined ? tables.client : interceptedClient(tables.endpoint, intercept);
  const options = { client, tableName: tables.names.registry, retentionDays: 400, now };
  const logger = createLogger('info', (line) => lines.push(line), now);
  return createHandler({ logger, now: clock, events: new DynamoDbSealableEvents(options) });
}

async function recordsOf(store: string): Promise<readonly AuditRecord[]> {
  const options = { client: tables.client, tableName: tables.names.registry, retentionDays: 400, now };
  const { items, next } = await new DynamoDbAuditLog(options).list(store, { limit: 1_000 });
  expect(next).toBeUndefined();
  return items;
}

const READS: CountedEvent = {
  store: 'a',
  action: 'statements-read',
  principal: 'reader',
  counts: { singles: 3, pages: 2, statements: 40 },
};

const FAILURE: CountedEvent = {
  store: 'default',
  action: 'authentication-failed',
  reason: 'unknown-or-wrong',
  source: '192.0.2.1',
  counts: { events: 5 },
};

const losingAnswers: Interceptor = async ({ name }, send) => {
  const answer = await send();
  if (name === 'TransactWriteItems') throw connectionLost();
  return answer;
};

describe('the keeper', () => {
  it('makes a record of what was counted of a kind in an hour', async () => {
    await counters.add('2026-03-02T11', READS);
    await counters.add('2026-03-02T11', READS);
    await counters.add('2026-03-02T10', FAILURE);
    expect(await aKeeper()()).toEqual({ sealed: 2, changed: 0, failed: 0, complete: true });
    expect(await recordsOf('a')).toMatchObject([
      {
        action: 'statements-read',
        principal: 'reader',
        result: 'done',
        details: { hour: '2026-03-02T11', singles: 6, pages: 4, statements: 80 },
      },
    ]);
    expect(await recordsOf('default')).toMatchObject([
      {
        action: 'authentication-failed',
        source: '192.0.2.1',
        result: 'refused',
        details: { hour: '2026-03-02T10', reason: 'unknown-or-wrong', events: 5 },
      },
    ]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ message: 'counters sealed', sealed: 2 }]);
  });

  it('seals nothing twice', async () => {
    await counters.add('2026-03-02T11', READS);
    await aKeeper()();
    expect(await aKeeper()()).toEqual({ sealed: 0, changed: 0, failed: 0, complete: true });
    expect(await recordsOf('a')).toHaveLength(1);
  });

  it('leaves the hour that is not over', async () => {
    await counters.add('2026-03-02T12', READS);
    expect(await aKeeper()()).toMatchObject({ sealed: 0 });
  });

  it('makes another record of what is counted late', async () => {
    await counters.add('2026-03-02T11', READS);
    await aKeeper()();
    await counters.add('2026-03-02T11', { ...READS, counts: { singles: 1 } });
    await aKeeper()();
    const details = (await recordsOf('a')).map((record) => record.details);
    expect(details).toMatchObject([{ singles: 3 }, { hour: '2026-03-02T11', singles: 1 }]);
  });

  it('leaves to the next run what is counted while it runs', async () => {
    await counters.add('2026-03-02T11', READS);
    let once = true;
    const run = await aKeeper(async ({ name }, send) => {
      if (name === 'TransactWriteItems' && once) {
        once = false;
        await counters.add('2026-03-02T11', READS);
      }
      return send();
    })();
    expect(run).toMatchObject({ sealed: 0, changed: 1 });
    expect(await aKeeper()()).toMatchObject({ sealed: 1 });
    expect(await recordsOf('a')).toMatchObject([{ details: { singles: 6, pages: 4, statements: 80 } }]);
  });

  it('seals what was noted, also of the hour that is not over, and never again', async () => {
    const notes = new DynamoDbEventNotes(tables.client, tables.names.registry);
    const noted = Array.from({ length: 100 }, (_, index) => ({
      id: `voiding-${index}`,
      event: {
        store: index % 3 === 0 ? 'default' : 'a',
        time: NOW - index * 3_600_000,
        action: 'statement-voided',
        subject: `voided-${index}`,
        result: 'done',
      } as const,
    }));
    for (const one of noted) await notes.note(one);
    await Promise.all([aKeeper()(), aKeeper(losingAnswers)()]);
    await aKeeper()();
    for (const one of noted) await notes.note({ ...one, event: { ...one.event, principal: 'later' } });
    expect(await aKeeper()()).toMatchObject({ sealed: 0, changed: 0, failed: 0 });
    const records = [...(await recordsOf('default')), ...(await recordsOf('a'))];
    expect(new Set(records.map(({ subject }) => subject)).size).toBe(100);
    expect(records).toHaveLength(100);
  });

  it('seals much in few transactions', async () => {
    const sources = Array.from({ length: 100 }, (_, index) => `192.0.2.${index}`);
    await Promise.all(sources.map((source) => counters.add('2026-03-02T11', { ...FAILURE, source })));
    let transactions = 0;
    const run = await aKeeper(({ name }, send) => {
      if (name === 'TransactWriteItems') transactions += 1;
      return send();
    })();
    expect([run.sealed, transactions]).toEqual([100, 3]);
  });

  it('reads counters of any number', async () => {
    const sources = Array.from({ length: 230 }, (_, index) => `192.0.2.${index}`);
    await Promise.all(sources.map((source) => counters.add('2026-03-02T11', { ...FAILURE, source })));
    expect(await aKeeper()()).toMatchObject({ sealed: 230 });
    expect(new Set((await recordsOf('default')).map(({ source }) => source)).size).toBe(230);
  });

  it('seals each count once, also when runs die and meet', async () => {
    const random = seededRandom(1);
    const expected = new Map<string, Counts>();
    for (const hour of HOURS) {
      for (const store of STORES) {
        for (const principal of ['one', 'other']) {
          const counts = { singles: 1 + Math.floor(random() * 9), pages: 1 };
          await counters.add(hour, { store, action: 'statements-read', principal, counts });
          expected.set(`${store} ${principal}`, addCounts(expected.get(`${store} ${principal}`) ?? {}, counts));
        }
      }
    }
    const dying: Interceptor = async ({ name }, send) => {
      if (name !== 'TransactWriteItems' || random() < 0.4) return send();
      if (random() < 0.5) throw connectionLost();
      await send();
      throw connectionLost();
    };
    for (let round = 0; round < 2; round += 1) await Promise.all([aKeeper(dying)(), aKeeper(dying)()]);
    await Promise.all([aKeeper()(), aKeeper()()]);

    const sums = new Map<string, Counts>();
    for (const store of STORES) {
      const records = await recordsOf(store);
      expect(verifyChain(records, { now: Date.now() }).broken).toBeUndefined();
      for (const { principal, details } of records) {
        const id = `${store} ${principal}`;
        const counts = { singles: Number(details?.['singles']), pages: Number(details?.['pages']) };
        sums.set(id, addCounts(sums.get(id) ?? {}, counts));
      }
    }
    expect(sums).toEqual(expected);
    expect(await aKeeper()()).toMatchObject({ sealed: 0, changed: 0, failed: 0 });
  });

  it.each([
    ['2026-02-27T08', [{ level: 'error', message: 'counts waiting', hour: '2026-02-27T08' }, { level: 'info' }]],
    ['2026-02-27T13', [{ level: 'info', sealed: 1 }]],
  ])('leaves what it has no time for to the next run, and tells when that is late: %s', async (hour, told) => {
    await counters.add(hour, READS);
    await counters.add(hour, FAILURE);
    await counters.add('2026-03-02T11', READS);
    let reads = 0;
    // The run begins, comes to its first counter in time, and to its second too late.
    const run = await aKeeper(undefined, () => ((reads += 1) > 3 ? NOW + 300_000 : NOW))();
    expect(run).toMatchObject({ sealed: 1, complete: false });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(told);
    expect(await aKeeper()()).toMatchObject({ sealed: 2, complete: true });
  });

  it('tells the log of a counter that cannot be sealed, and goes on with the others', async () => {
    await counters.add('2026-03-02T10', READS);
    await counters.add('2026-03-02T11', FAILURE);
    const run = await aKeeper(({ name, input }, send) => {
      if (name === 'TransactWriteItems' && JSON.stringify(input).includes('statements-read')) throw connectionLost();
      return send();
    })();
    expect(run).toMatchObject({ sealed: 1, failed: 1 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', message: 'not sealed', hour: '2026-03-02T10', action: 'statements-read' },
      { level: 'info', sealed: 1, failed: 1 },
    ]);
  });
});
