import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { RegistryCommit } from '#storage/registry.ts';
import { anAuditEvent } from '#test/support/audit-records.ts';
import { aCredential } from '#test/support/credentials.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { connectionLost, forgetfulClient, interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';
import { unbrokenChain } from '#test/support/registries.ts';

let tables: FreshTables;
/** Whose chain and credentials no other test has. */
let store: string;
let tests = 0;

beforeAll(async () => {
  tables = await freshTables();
});

beforeEach(() => {
  tests += 1;
  store = `store-${tests}`;
});

const open = (client = tables.client) =>
  new DynamoDbRegistry({ client, tableName: tables.names.registry, retentionDays: 1, now: Date.now });

const audit = () =>
  new DynamoDbAuditLog({ client: tables.client, tableName: tables.names.registry, retentionDays: 1, now: Date.now });

function creation(): RegistryCommit {
  const remember = { principal: store, idempotencyKey: 'a', fingerprint: '', status: 201, body: '' };
  return {
    changes: [{ kind: 'credential', put: aCredential({ key: store, store }) }],
    audit: anAuditEvent({ store, action: 'credential-created', subject: store }),
    remember: { ...remember, expires: Date.now() + 60_000 },
  };
}

/** What there is of a commit: the credential, its place in the list, the reply, records. */
async function traces(): Promise<readonly number[]> {
  const registry = open();
  return [
    (await registry.get(store)) === undefined ? 0 : 1,
    (await registry.credentials(store, { limit: 10 })).items.length,
    (await registry.remembered(store, 'a')) === undefined ? 0 : 1,
    (await unbrokenChain(audit(), store)).length,
  ];
}

const NOTHING = [0, 0, 0, 0];
const ALL = [1, 1, 1, 1];

/** Of a process that dies at the call of this number, before or after the engine has carried it out. */
function dying(at: number, when: 'before' | 'after'): Interceptor {
  let calls = 0;
  return async (_, send) => {
    calls += 1;
    if (calls === at && when === 'before') throw connectionLost();
    const output = await send();
    if (calls === at) throw connectionLost();
    return output;
  };
}

function cancelled(...codes: readonly string[]): Error {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new DynamoDbError('TransactionCanceledException', { CancellationReasons });
}

describe('a process that dies in a commit', () => {
  it.each([
    [1, 'before', NOTHING],
    [1, 'after', NOTHING],
    [2, 'before', NOTHING],
    [2, 'after', ALL],
  ] as const)('at its call %i, %s it is carried out, leaves all or nothing', async (at, when, left) => {
    const registry = open(interceptedClient(tables.endpoint, dying(at, when)));
    await expect(registry.commit(creation())).rejects.toMatchObject({ code: 'overloaded' });
    expect(await traces()).toEqual(left);
    expect(await open().commit(creation())).toBe(left === ALL ? 'remembered' : 'done');
    expect(await traces()).toEqual(ALL);
  });
});

describe('a commit', () => {
  it('is done once when its answer is lost and the request is sent again', async () => {
    const registry = open(forgetfulClient(tables.endpoint, 'TransactWriteItems'));
    expect(await registry.commit(creation())).toBe('done');
    expect(await traces()).toEqual(ALL);
  });

  it('goes on with the new head when another record was faster', async () => {
    const others = audit();
    let overtaken = 0;
    const client = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name === 'TransactWriteItems' && overtaken < 3) {
        overtaken += 1;
        await others.append(anAuditEvent({ store }));
      }
      return send();
    });
    expect(await open(client).commit(creation())).toBe('done');
    expect(await traces()).toEqual([1, 1, 1, 4]);
  });

  it('tells of what was changed meanwhile, not of the head that moved with it', async () => {
    await open().commit(creation());
    const second = { ...aCredential({ key: store, store }), label: 'second', revision: 2 };
    const commit = { changes: [{ kind: 'credential', put: second }], audit: anAuditEvent({ store }) } as const;
    const client = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name === 'TransactWriteItems') await open().commit(commit);
      return send();
    });
    expect(await open(client).commit(commit)).toBe('changed');
    expect(await traces()).toEqual([1, 1, 1, 2]);
  });

  it('is sent again when it meets another transaction', async () => {
    let conflicts = 0;
    const client = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name !== 'TransactWriteItems' || conflicts === 2) return send();
      conflicts += 1;
      throw cancelled('TransactionConflict', 'None', 'None', 'None', 'None');
    });
    expect(await open(client).commit(creation())).toBe('done');
    expect(await traces()).toEqual(ALL);
  });

  it('is overloaded when DynamoDB is short of capacity', async () => {
    const client = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name !== 'TransactWriteItems') return send();
      throw cancelled('None', 'None', 'None', 'ThrottlingError', 'None');
    });
    await expect(open(client).commit(creation())).rejects.toMatchObject({ code: 'overloaded' });
    expect(await traces()).toEqual(NOTHING);
  });

  it('fails as a defect when a record stands behind the head', async () => {
    const client = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name !== 'TransactWriteItems') return send();
      throw cancelled('None', 'None', 'None', 'ConditionalCheckFailed', 'None');
    });
    await expect(open(client).commit(creation())).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  });
});
