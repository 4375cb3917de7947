import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILTERS, idsOf, sendScenario, sent } from '#test/integration/interop/scenario.ts';
import type { Filter, Scenario, SentStatement } from '#test/integration/interop/scenario.ts';
import { calling, TinCan, TinCanError, tinCanOptions } from '#test/integration/interop/tincan.ts';
import type { TinCanLrs, TinCanStatement } from '#test/integration/interop/tincan.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

let running: RunningLrs;
let lrs: TinCanLrs;

beforeAll(async () => {
  running = await startLrs();
  lrs = new TinCan.LRS(tinCanOptions(running));
});

afterAll(() => running.stop());

describe('TinCanJS: statements', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await sendScenario((statements) => saveAll(statements));
  });

  it('sends one and reads it back', async () => {
    const statement = sent({ result: { score: { scaled: 0.5 }, duration: 'PT1M', completion: true } });
    // The library adds to the very object it is given.
    const wrapped = new TinCan.Statement(structuredClone(statement));
    await calling((options) => lrs.saveStatement(wrapped, options));
    const found = await retrieve(statement.id);
    expect(found.asVersion('1.0.2')).toMatchObject(statement);
    expect(found.stored).not.toBeNull();
  });

  it('sends several and gets their ids in order', async () => {
    const statements = Array.from({ length: 3 }, () => sent({}));
    const { responseText } = await saveAll(statements);
    expect(JSON.parse(responseText)).toEqual(statements.map(({ id }) => id));
  });

  it.each(FILTERS)('finds by %s', async (_, filter, names) => {
    const { statements, more } = await query(filter(scenario));
    expect(statements.map(({ id }) => id)).toEqual(idsOf(scenario, names));
    expect(more).toBeFalsy();
  });

  it.each([true, false])('follows "more" to the end, ascending %s', async (ascending) => {
    const ids: string[] = [];
    let page = await query({ verb: scenario.attended, ascending }, { limit: 2 });
    for (;;) {
      ids.push(...page.statements.map(({ id }) => id));
      const { more } = page;
      if (!more) break;
      page = await calling((options) => lrs.moreStatements({ ...options, url: more }));
    }
    const oldestFirst = idsOf(scenario, ['byAnn', 'elsewhere', 'registered', 'taughtByAnn', 'inCourse']);
    expect(ids).toEqual(ascending ? oldestFirst : oldestFirst.toReversed());
  });

  it.each(['ids', 'exact', 'canonical'])('reads the format %s', async (format) => {
    const { statements } = await query({ agent: scenario.ann }, { format });
    expect(statements.map(({ id }) => id)).toEqual([scenario.statements.byAnn.id]);
  });

  it('voids, and reads what was voided', async () => {
    const statement = sent({});
    await saveAll([statement]);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const client = new TinCan({ recordStores: [tinCanOptions(running)] });
    client.voidStatement(statement.id, resolve, { actor: new TinCan.Agent(scenario.ann) });
    expect(await promise).toMatchObject([{ err: null }]);
    await expect(retrieve(statement.id)).rejects.toMatchObject({ status: 404, body: { code: 'statement-not-found' } });
    const voided = await calling<TinCanStatement>((options) => lrs.retrieveVoidedStatement(statement.id, options));
    expect(voided.id).toBe(statement.id);
  });

  it('sends attachments and reads them back, of one statement and of a list', async () => {
    const agent = anAgent(randomUUID());
    const statement = new TinCan.Statement(sent({ actor: agent }));
    const contents = ['Grüße\r\naus Wien', 'Der zweite'];
    statement.attachments = contents.map((content) => anAttachment(content));
    await calling((options) => lrs.saveStatement(statement, options));
    const one = await calling<TinCanStatement>((options) =>
      lrs.retrieveStatement(statement.id, { ...options, params: { attachments: true } }),
    );
    const { statements } = await query({ agent }, { attachments: true });
    for (const { attachments } of [one, ...statements]) {
      expect(attachments?.map((attachment) => attachment.getContentAsString())).toEqual(contents);
    }
    expect(statements).toHaveLength(1);
  });
});

describe('TinCanJS: documents', () => {
  const json = { contentType: 'application/json' };

  it('keeps states: set, merge, list, drop one and all', async () => {
    const owner = { ...anOwner(), registration: randomUUID() };
    await calling((options) => lrs.saveState('bookmark', { page: 1 }, { ...options, ...owner, ...json }));
    await calling((options) =>
      lrs.saveState('bookmark', { done: false }, { ...options, ...owner, ...json, method: 'POST' }),
    );
    const state = await calling((options) => lrs.retrieveState('bookmark', { ...options, ...owner }));
    expect(state).toMatchObject({ contents: { page: 1, done: false }, etag: expect.stringMatching(/^".+"$/u) });
    await calling((options) => lrs.saveState('notes', 'plain', { ...options, ...owner, contentType: 'text/plain' }));
    const ids = (since = '2000-01-01T00:00:00Z'): Promise<readonly string[]> =>
      calling((options) => lrs.retrieveStateIds({ ...options, ...owner, since }));
    expect(await ids()).toEqual(expect.arrayContaining(['bookmark', 'notes']));
    expect(await ids('2100-01-01T00:00:00Z')).toEqual([]);
    await calling((options) => lrs.dropState('bookmark', { ...options, ...owner }));
    expect(await calling((options) => lrs.retrieveState('bookmark', { ...options, ...owner }))).toBeNull();
    await calling((options) => lrs.dropState(null, { ...options, ...owner }));
    expect(await ids()).toEqual([]);
  });

  it('keeps activity profiles under their ETags', async () => {
    const { activity } = anOwner();
    const read = (): Promise<{ contents: unknown; etag: string } | null> =>
      calling((options) => lrs.retrieveActivityProfile('settings', { ...options, activity }));
    const save = (contents: unknown, lastSHA1?: string): Promise<unknown> =>
      calling((options) =>
        lrs.saveActivityProfile('settings', contents, {
          ...options,
          activity,
          ...json,
          ...(lastSHA1 !== undefined && { lastSHA1 }),
        }),
      );
    await save({ a: 1 });
    await expect(save({})).rejects.toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    const { etag = '' } = (await read()) ?? {};
    await save({ b: 2 }, etag);
    await expect(save({}, etag)).rejects.toMatchObject({ status: 412 });
    expect(await read()).toMatchObject({ contents: { b: 2 } });
    const ids = (): Promise<readonly string[]> =>
      calling((options) => lrs.retrieveActivityProfileIds({ ...options, activity }));
    expect(await ids()).toEqual(['settings']);
    await calling((options) => lrs.dropActivityProfile('settings', { ...options, activity }));
    expect([await read(), await ids()]).toEqual([null, []]);
  });

  it('keeps agent profiles under their ETags', async () => {
    const { agent } = anOwner();
    const read = (): Promise<{ contents: unknown; etag: string } | null> =>
      calling((options) => lrs.retrieveAgentProfile('settings', { ...options, agent }));
    const save = (contents: unknown, lastSHA1?: string): Promise<unknown> =>
      calling((options) =>
        lrs.saveAgentProfile('settings', contents, {
          ...options,
          agent,
          ...json,
          ...(lastSHA1 !== undefined && { lastSHA1 }),
        }),
      );
    await save({ a: 1 });
    await expect(save({})).rejects.toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    const { etag = '' } = (await read()) ?? {};
    await save({ b: 2 }, etag);
    await expect(save({}, etag)).rejects.toMatchObject({ status: 412 });
    expect(await read()).toMatchObject({ contents: { b: 2 } });
    const ids = (): Promise<readonly string[]> =>
      calling((options) => lrs.retrieveAgentProfileIds({ ...options, agent }));
    expect(await ids()).toEqual(['settings']);
    await calling((options) => lrs.dropAgentProfile('settings', { ...options, agent }));
    expect([await read(), await ids()]).toEqual([null, []]);
  });
});

describe('TinCanJS: what the LRS knows', () => {
  it('reads the versions', async () => {
    const { version } = await calling<{ readonly version: readonly string[] }>((options) => lrs.about(options));
    expect(version).toEqual(expect.arrayContaining(['1.0.2', '1.0.3']));
  });

  it('reads an activity that a statement told about', async () => {
    const object = anActivity(randomUUID(), { name: { en: 'A course' } });
    await saveAll([sent({ object })]);
    const activity = await calling((options) => lrs.retrieveActivity(object.id, options));
    expect(activity).toMatchObject({ id: object.id, definition: { name: { en: 'A course' } } });
  });

  it('learns what is wrong', async () => {
    const wrong = calling((options) => lrs.saveStatement(new TinCan.Statement(sent({ actor: {} })), options));
    await expect(wrong).rejects.toThrow(TinCanError);
    await expect(wrong).rejects.toMatchObject({ status: 400, body: { code: 'statement-invalid', path: '$.actor' } });
  });

  it('is told when its secret is wrong', async () => {
    const stranger = new TinCan.LRS(tinCanOptions({ ...running, secret: 'wrong' }));
    const refused = calling((options) => stranger.queryStatements({ ...options, params: {} }));
    await expect(refused).rejects.toMatchObject({ status: 401, body: { code: 'not-authenticated' } });
  });
});

function anOwner(): { activity: InstanceType<typeof TinCan.Activity>; agent: InstanceType<typeof TinCan.Agent> } {
  return { activity: new TinCan.Activity(anActivity(randomUUID())), agent: new TinCan.Agent(anAgent(randomUUID())) };
}

function anAttachment(content: string): InstanceType<typeof TinCan.Attachment> {
  return new TinCan.Attachment({
    usageType: 'http://example.com/attachment-usage/test',
    display: { 'en-US': 'A test attachment' },
    contentType: 'text/plain; charset=utf-8',
    content,
  });
}

function saveAll(statements: readonly SentStatement[]): Promise<{ readonly responseText: string }> {
  const wrapped = statements.map((statement) => new TinCan.Statement(statement));
  return calling((options) => lrs.saveStatements(wrapped, options));
}

function retrieve(id: string): Promise<TinCanStatement> {
  return calling((options) => lrs.retrieveStatement(id, options));
}

function query(
  { agent, ...filter }: Filter,
  more: Readonly<Record<string, string | number | boolean>> = {},
): ReturnType<typeof calling<{ readonly statements: readonly TinCanStatement[]; readonly more: string | null }>> {
  const params = { ...filter, ...more, ...(agent !== undefined && { agent: new TinCan.Agent(agent) }) };
  return calling((options) => lrs.queryStatements({ ...options, params }));
}
