import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '#access/audit-record.ts';
import { type Counts, hourOf } from '#access/counted-event.ts';
import { verifyChain } from '#access/verify-chain.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { createHandler } from '#functions/keeper/handler.ts';
import { createLogger } from '#runtime/logger.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';
import { aCredential } from '#test/support/credentials.ts';
import { connectionLost, type Interceptor } from '#test/support/faulty-client.ts';
import { type Functions, jsonOf, startFunctions } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { aStatement } from '#test/support/statements.ts';

const silent = createLogger('error', () => undefined, Date.now);

const JSON_BODY = { 'content-type': 'application/json' };

function optionsOf({ tables }: Functions) {
  return { client: tables.client, tableName: tables.names.registry, retentionDays: 400, now: Date.now };
}

/** As the keeper has left them. */
async function recordsOf(functions: Functions): Promise<readonly AuditRecord[]> {
  await createHandler({ logger: silent, now: Date.now, events: new DynamoDbSealableEvents(optionsOf(functions)) })();
  return (await new DynamoDbAuditLog(optionsOf(functions)).list(DEFAULT_STORE, { limit: 100 })).items;
}

/** What is counted, without the hour: `statements-read key` → counts. */
async function countsOf(functions: Functions): Promise<Readonly<Record<string, Counts>>> {
  const { items } = await new DynamoDbSealableEvents(optionsOf(functions)).list(hourOf(Date.now()), { limit: 100 });
  return Object.fromEntries(
    items.map(({ events: { action, principal, reason, counts } }) => [
      [action, principal, reason].filter(Boolean).join(' '),
      counts,
    ]),
  );
}

async function post(functions: Functions, ...statements: readonly object[]): Promise<readonly string[]> {
  const result = await functions.send('/statements', {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify(statements),
  });
  expect(result.statusCode).toBe(200);
  const ids: unknown = jsonOf(result);
  return Array.isArray(ids) ? ids.map(String) : [];
}

function voiding(target: string): object {
  const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
  return aStatement({ id: randomUUID(), verb, object: { objectType: 'StatementRef', id: target } });
}

const loseRecords: Interceptor = ({ name }, send) => {
  if (name === 'PutItem') throw connectionLost();
  return send();
};

describe('the audit of statements', () => {
  it('records what was voided, once', async () => {
    const functions = await startFunctions();
    const [one = '', other = ''] = await post(
      functions,
      aStatement({ id: randomUUID() }),
      aStatement({ id: randomUUID() }),
    );
    const voidings = [voiding(one), voiding(other)];
    const [by] = await post(functions, ...voidings);
    await post(functions, ...voidings);
    const records = await recordsOf(functions);
    await post(functions, ...voidings);
    expect(await recordsOf(functions)).toEqual(records);
    expect(records).toHaveLength(2);
    expect(records.toSorted((a) => (a.subject === one ? -1 : 1))).toMatchObject([
      {
        action: 'statement-voided',
        subject: one,
        principal: 'key',
        source: '127.0.0.1',
        requestId: 'request-1',
        result: 'done',
        details: { by },
      },
      { action: 'statement-voided', subject: other },
    ]);
  });

  it('records each of many that one request voids', async () => {
    const functions = await startFunctions();
    const ids = await post(functions, ...Array.from({ length: 95 }, () => aStatement({ id: randomUUID() })));
    await post(functions, ...ids.map((id) => voiding(id)));
    const records = await recordsOf(functions);
    expect(new Set(records.map(({ subject }) => subject))).toEqual(new Set(ids));
    expect(records).toHaveLength(95);
    expect(verifyChain(records, { now: Date.now() }).broken).toBeUndefined();
  });

  it('records all of many voidings at once', async () => {
    const functions = await startFunctions();
    const arrays = Array.from({ length: 4 }, () => Array.from({ length: 25 }, () => aStatement({ id: randomUUID() })));
    const ids = (await Promise.all(arrays.map((statements) => post(functions, ...statements)))).flat();
    await Promise.all(ids.map((id) => post(functions, voiding(id))));
    const { items } = await new DynamoDbSealableEvents(optionsOf(functions)).listNoted(Date.now(), { limit: 1_000 });
    expect(new Set(items.map(({ event }) => event.subject))).toEqual(new Set(ids));
    expect(functions.log.filter((line) => line.includes('"not recorded"'))).toEqual([]);
  });

  it('makes up for the record that a process did not live to write', async () => {
    let fails = true;
    const functions = await startFunctions([aCredential()], undefined, {
      interceptCounts: ({ name }, send) => {
        if (fails && name === 'PutItem') throw connectionLost();
        return send();
      },
    });
    const [id = ''] = await post(functions, aStatement({ id: randomUUID() }));
    const sent = voiding(id);
    await post(functions, sent);
    expect(await recordsOf(functions)).toEqual([]);
    fails = false;
    await post(functions, sent);
    expect(await recordsOf(functions)).toMatchObject([{ action: 'statement-voided', subject: id }]);
  });

  it('tells the log of a voiding that cannot be recorded, and acknowledges it', async () => {
    const functions = await startFunctions([aCredential()], undefined, { interceptCounts: loseRecords });
    const [id = ''] = await post(functions, aStatement({ id: randomUUID() }));
    await post(functions, voiding(id));
    const errors = functions.log.map((line): unknown => JSON.parse(line));
    expect(errors).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'not recorded', action: 'statement-voided', subject: id }),
    );
  });

  it('counts what is read, and nothing that is not found', async () => {
    const functions = await startFunctions();
    const [statementId = ''] = await post(functions, aStatement({ id: randomUUID() }));
    await functions.send('/statements', { query: { statementId: randomUUID() } });
    await functions.send('/statements', { query: { statementId } });
    expect(await countsOf(functions)).toEqual({ 'statements-read key': { singles: 1 } });
    expect(await recordsOf(functions)).toEqual([]);
  });

  it('records the first read in bulk of an hour, with the names of its filters', async () => {
    const functions = await startFunctions();
    await post(functions, aStatement({ id: randomUUID() }), aStatement({ id: randomUUID() }));
    const query = { limit: '1', since: '2020-01-01T00:00:00Z', verb: aStatement().verb.id };
    const first = await functions.send('/statements', { query });
    expect(jsonOf(first)).toMatchObject({ more: expect.stringContaining('cursor=') });
    await functions.send('/statements', { query });
    const records = await recordsOf(functions);
    expect(records).toMatchObject([
      { action: 'bulk-read', principal: 'key', details: { filters: 'since verb', statements: 1, more: true } },
    ]);
    expect(JSON.stringify(records)).not.toContain('2020-01-01');
  });

  it('does not take one page of few statements for a read in bulk', async () => {
    const functions = await startFunctions();
    await post(functions, aStatement({ id: randomUUID() }));
    await functions.send('/statements', {});
    expect(await recordsOf(functions)).toEqual([]);
    expect(await countsOf(functions)).toEqual({ 'statements-read key': { pages: 1, statements: 1 } });
  });
});

describe('the audit of failed authentication', () => {
  it('counts by reason and by the credential that was named', async () => {
    const functions = await startFunctions();
    await functions.send('/statements', { headers: { authorization: basic('key', 'wrong') } });
    await functions.send('/statements', { headers: { authorization: basic('nobody', 'wrong') } });
    await functions.send('/statements', { headers: { authorization: undefined } });
    expect(await countsOf(functions)).toEqual({
      'authentication-failed key unknown-or-wrong': { events: 1 },
      'authentication-failed unknown-or-wrong': { events: 1 },
      'authentication-failed missing': { events: 1 },
    });
  });
});

describe('request limits', () => {
  it('refuse what is beyond with 429, which scripts of any page can read', async () => {
    const functions = await startFunctions([aCredential({ requestLimits: { perSecond: 1, perDay: 2 } })]);
    await functions.send('/statements');
    await functions.send('/statements');
    const refused = await functions.send('/statements');
    expect(refused).toMatchObject({
      statusCode: 429,
      headers: {
        'X-Experience-API-Version': '1.0.3',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': expect.stringContaining('Retry-After'),
        'Retry-After': expect.stringMatching(/^[1-9]\d*$/u),
      },
    });
    expect(jsonOf(refused)).toMatchObject({
      code: 'too-many-requests',
      message: expect.stringContaining('2 requests a day'),
    });
  });

  it('count neither preflight requests nor what everybody may ask', async () => {
    const functions = await startFunctions([aCredential({ requestLimits: { perSecond: 1, perDay: 1 } })]);
    for (let sent = 0; sent < 5; sent += 1) {
      expect((await functions.send('/statements', { method: 'OPTIONS' })).statusCode).toBe(204);
      expect((await functions.send('/about')).statusCode).toBe(200);
    }
    expect((await functions.send('/statements')).statusCode).toBe(200);
  });

  it('let a credential with the defaults send thousands of requests, which cost a write for each hundred', async () => {
    const asked: string[] = [];
    const interceptCounts: Interceptor = ({ name }, send) => {
      asked.push(name);
      return send();
    };
    const functions = await startFunctions([aCredential()], undefined, { interceptCounts });
    const query = { activityId: 'http://example.com/a', agent: '{"mbox":"mailto:a@example.com"}' };
    const statuses = new Set<number | undefined>();
    for (let sent = 0; sent < 1_001; sent += 1) {
      statuses.add((await functions.send('/activities/state', { query })).statusCode);
    }
    expect([...statuses]).toEqual([200]);
    // The very first begins the day: refused, then set.
    expect(asked).toEqual(Array.from({ length: 12 }, () => 'UpdateItem'));
  });
});
