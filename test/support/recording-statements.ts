import { randomBytes, randomUUID } from 'node:crypto';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { textOf } from '#test/support/function-handlers.ts';
import { aMultipart } from '#test/support/multipart.ts';
import type { RecordedFunction, Scenario } from '#test/support/recording-function.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, anAnonymousGroup, aStatement, aSubStatement } from '#test/support/statements.ts';

export type IdentifiedStatement = Statement & { readonly id: string };

/** A client of the statements function; each method gives the status of the answer. */
export interface StatementsClient {
  readonly post: (statements: Statement | readonly Statement[]) => Promise<number>;
  readonly put: (statement: IdentifiedStatement) => Promise<number>;
  readonly get: (id: string, parameter?: string) => Promise<number>;
  /** Follows `more` to the end. @returns the ids found. */
  readonly find: (query: Readonly<Record<string, string>>) => Promise<readonly string[]>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

export function clientOf({ send }: RecordedFunction): StatementsClient {
  const statusOf = async (options: Parameters<typeof send>[0]): Promise<number> => {
    const { statusCode } = await send({ headers: JSON_TYPE, ...options });
    return statusCode ?? 0;
  };
  return {
    post: (statements) => statusOf({ method: 'POST', body: JSON.stringify(statements) }),
    put: (statement) =>
      statusOf({ method: 'PUT', query: { statementId: statement.id }, body: JSON.stringify(statement) }),
    get: (id, parameter = 'statementId') => statusOf({ query: { [parameter]: id } }),
    find: async (query) => {
      const ids: string[] = [];
      let search = new URLSearchParams(query).toString();
      while (search !== '') {
        const result = await send({ query: search });
        expect(result).toMatchObject({ statusCode: 200 });
        const page: { statements: readonly IdentifiedStatement[]; more?: string } = JSON.parse(textOf(result));
        ids.push(...page.statements.map(({ id }) => id));
        [, search = ''] = (page.more ?? '').split('?');
      }
      return ids;
    },
  };
}

export function identified(overrides: Partial<Statement> = {}): IdentifiedStatement {
  return { timestamp: '2026-01-02T03:04:05Z', ...aStatement(overrides), id: randomUUID() };
}

export function referenceTo(id: string, overrides: Partial<Statement> = {}): IdentifiedStatement {
  return identified({ object: { objectType: 'StatementRef', id }, ...overrides });
}

export function voidingOf(id: string): IdentifiedStatement {
  return referenceTo(id, { verb: { id: VOIDING_VERB } });
}

/** One statement at a time: stored, replayed, refused and read. */
export const singleStatements: Scenario = async (recorded) => {
  const { post, put, get } = clientOf(recorded);
  const statement = identified();
  expect(await get(statement.id)).toBe(404);
  expect(await put(statement)).toBe(204);
  expect(await put(statement)).toBe(204);
  expect(await put({ ...statement, result: { success: true } })).toBe(409);
  expect(await post(aStatement())).toBe(200);
  expect(await post(statement)).toBe(200);
  expect(await get(statement.id)).toBe(200);
};

/** Statements too large for an item, alone and among others. */
export const largeStatements: Scenario = async (recorded) => {
  const { post, put, get, find } = clientOf(recorded);
  const large = (): IdentifiedStatement => {
    const extensions = { 'http://example.com/large': randomBytes(400_000).toString('base64') };
    return identified({ actor: anAgent('large'), result: { extensions } });
  };
  const alone = large();
  expect(await put(alone)).toBe(204);
  expect(await put(alone)).toBe(204);
  expect(await get(alone.id)).toBe(200);
  expect(await post([large(), large(), identified()])).toBe(200);
  expect(await find({ agent: agentText('large') })).toHaveLength(3);
};

/** Before its target, after it and with it, stored and yet to come. */
export const voiding: Scenario = async (recorded) => {
  const { post, put, get, find } = clientOf(recorded);
  const orders = [
    (target: IdentifiedStatement) => [[target], [voidingOf(target.id)]],
    (target: IdentifiedStatement) => [[voidingOf(target.id)], [target]],
    (target: IdentifiedStatement) => [[voidingOf(target.id), target]],
    (target: IdentifiedStatement) => [[target, voidingOf(target.id)]],
  ];
  for (const order of orders) {
    const target = identified({ actor: anAgent('voided') });
    for (const array of order(target)) expect(await post(array)).toBe(200);
    expect(await get(target.id)).toBe(404);
    expect(await get(target.id, 'voidedStatementId')).toBe(200);
  }
  // In their place, those that void them and refer to them.
  expect(await find({ agent: agentText('voided') })).toHaveLength(orders.length);
  const refused = voidingOf(randomUUID());
  expect(await put(refused)).toBe(204);
  expect(await put(voidingOf(refused.id))).toBe(400);
};

/** References and what they refer to, in all orders, read by the keys of what is referred to. */
export const references: Scenario = async (recorded) => {
  const { post, find } = clientOf(recorded);
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [2, 1, 0],
  ];
  for (const [index, order] of orders.entries()) {
    const agent = anAgent(`referred-${index}`);
    const target = identified({ actor: agent, context: contextOf(`referred-${index}`) });
    const middle = referenceTo(target.id);
    const chain = [target, middle, referenceTo(middle.id)];
    for (const place of order) expect(await post(chain.slice(place, place + 1))).toBe(200);
    expect(await find({ agent: JSON.stringify(agent) })).toHaveLength(3);
    expect(await find({ agent: JSON.stringify(agent), verb: target.verb.id })).toHaveLength(3);
  }
  const target = identified();
  expect(await post([referenceTo(target.id), target])).toBe(200);
};

/** By every index and with every kind of entry, a page at a time. */
export const queries: Scenario = async (recorded) => {
  const { post, find } = clientOf(recorded);
  const verb = { id: 'http://example.com/verbs/searched' };
  const registration = randomUUID();
  const object = aSubStatement({ object: anActivity('searched-within') });
  const context = { ...contextOf('searched'), registration };
  const actor = { ...anAnonymousGroup('searched-member', 'searched-other') };
  const statements = [
    ...Array.from({ length: 5 }, () => identified({ verb, actor, object: anActivity('searched'), context })),
    ...Array.from({ length: 5 }, () => identified({ verb, actor, object, context })),
  ];
  expect(await post(statements)).toBe(200);
  const authority = JSON.stringify({ account: { homePage: 'http://example.com', name: 'key' } });
  const expected: readonly (readonly [Readonly<Record<string, string>>, number])[] = [
    [{ registration }, 10],
    [{ agent: agentText('searched-member') }, 10],
    [{ agent: agentText('searched-team'), related_agents: 'true' }, 10],
    [{ agent: authority, related_agents: 'true', registration }, 10],
    [{ agent: authority, related_agents: 'true', verb: verb.id }, 10],
    [{ activity: anActivity('searched').id }, 5],
    [{ activity: anActivity('searched-parent').id, related_activities: 'true' }, 10],
    [{ verb: verb.id }, 10],
    [{ verb: verb.id, activity: anActivity('searched').id }, 5],
  ];
  for (const [query, count] of expected) expect(await find({ ...query, limit: '4' })).toHaveLength(count);
  expect((await find({ since: '2026-01-01T00:00:00Z' })).length).toBeGreaterThan(0);
  expect(await find({ ascending: 'true', until: '2026-01-01T00:00:00Z' })).toEqual([]);
};

/** Sent, sent again, read, and looked for in vain. */
export const attachments: Scenario = async ({ send }, { bucket }) => {
  const content = randomBytes(1_000);
  const attachment = anAttachment(content);
  const statement = identified({ actor: anAgent('attached'), attachments: [attachment] });
  const { headers, body } = aMultipart(statement, [content]);
  const query = { statementId: statement.id };
  const read = { query: { ...query, attachments: 'true' } };
  for (const _ of ['sent', 'sent again']) {
    expect(await send({ method: 'PUT', query, headers, body })).toMatchObject({ statusCode: 204 });
  }
  expect(await send(read)).toMatchObject({ statusCode: 200 });
  const listed = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: 'attachments/' }));
  const Key = listed.Contents?.find((object) => object.Key?.endsWith(attachment.sha2) === true)?.Key;
  await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key }));
  expect(await send(read)).toMatchObject({ statusCode: 200 });
};

function agentText(name: string): string {
  return JSON.stringify(anAgent(name));
}

function contextOf(name: string): NonNullable<Statement['context']> {
  return {
    instructor: anAgent(`${name}-instructor`),
    team: { ...anAgent(`${name}-team`), objectType: 'Group' },
    contextActivities: { parent: [anActivity(`${name}-parent`)] },
  };
}
