import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILTERS, idsOf, sendScenario, sent } from '#test/integration/interop/scenario.ts';
import type { Scenario } from '#test/integration/interop/scenario.ts';
import { XAPI_JS_VERSIONS, xapiJs } from '#test/integration/interop/xapi-js.ts';
import type { XapiJs } from '#test/integration/interop/xapi-js.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

let lrs: RunningLrs;

beforeAll(async () => {
  lrs = await startLrs();
});

afterAll(() => lrs.stop());

describe.each(XAPI_JS_VERSIONS)('@xapi/xapi, version %s: statements', (version) => {
  let client: XapiJs;
  let scenario: Scenario;

  beforeAll(async () => {
    client = xapiJs(lrs, version);
    scenario = await sendScenario((statements) => client.sendStatements({ statements }));
  });

  it('sends one and reads it back', async () => {
    const statement = aStatement({ result: { score: { scaled: 0.5 }, duration: 'PT1M' } });
    const { data: ids, headers } = await client.sendStatement({ statement });
    expect(headers['x-experience-api-version']).toBe(version);
    const [statementId = ''] = ids;
    const { data } = await client.getStatement({ statementId });
    expect(data).toMatchObject({ ...statement, id: statementId });
    expect(data.version).toMatch(version === '1.0.3' ? /^1\.0/u : /^2\.0/u);
  });

  it('sends several and gets their ids in order', async () => {
    const statements = Array.from({ length: 3 }, () => sent({}));
    const { data } = await client.sendStatements({ statements });
    expect(data).toEqual(statements.map(({ id }) => id));
  });

  it.each(FILTERS)('finds by %s', async (_, filter, names) => {
    const { data } = await client.getStatements(filter(scenario));
    expect(data.statements.map(({ id }) => id)).toEqual(idsOf(scenario, names));
    expect(data.more).toBe('');
  });

  it.each([true, false])('follows "more" to the end, ascending %s', async (ascending) => {
    const ids: string[] = [];
    let page = (await client.getStatements({ verb: scenario.attended, ascending, limit: 2 })).data;
    for (;;) {
      expect(page.statements.length).toBeLessThanOrEqual(2);
      ids.push(...page.statements.map(({ id }) => id));
      if (page.more === '') break;
      page = (await client.getMoreStatements(page)).data;
    }
    const oldestFirst = idsOf(scenario, ['byAnn', 'elsewhere', 'registered', 'taughtByAnn', 'inCourse']);
    expect(ids).toEqual(ascending ? oldestFirst : oldestFirst.toReversed());
  });

  it('reads ids only, and one language only', async () => {
    const { byAnn } = scenario.statements;
    const ids = await client.getStatements({ agent: scenario.ann, format: 'ids' });
    expect(ids.data.statements).toMatchObject([{ id: byAnn.id, object: { id: scenario.meeting } }]);
    expect(ids.data.statements[0]?.object).not.toHaveProperty('definition');
    const { data } = await client.getStatement({ statementId: byAnn.id, format: 'canonical' });
    expect(Object.keys(definitionOf(data.object).name)).toHaveLength(1);
  });

  it('voids, one and several, and reads what was voided', async () => {
    const statements = Array.from({ length: 3 }, () => sent({}));
    const [first = '', ...others] = (await client.sendStatements({ statements })).data;
    await client.voidStatement({ actor: scenario.ann, statementId: first });
    await client.voidStatements({ actor: scenario.ann, statementIds: others });
    for (const id of [first, ...others]) {
      await expect(client.getStatement({ statementId: id })).rejects.toMatchObject({ response: { status: 404 } });
      expect((await client.getVoidedStatement({ voidedStatementId: id })).data).toMatchObject({ id });
    }
  });

  it('sends attachments and reads them back, of one statement and of a list', async () => {
    const fetching = xapiJs(lrs, version, 'fetch');
    const contents = ['Grüße\r\n--not-a-boundary', 'Der zweite'].map((text) => Buffer.from(text));
    const agent = anAgent(randomUUID());
    const statement = sent({ actor: agent, attachments: contents.map((content) => anAttachment(content)) });
    await fetching.sendStatement({ statement, attachments: contents.map((content) => new Uint8Array(content).buffer) });
    const one = await fetching.getStatement({ statementId: statement.id, attachments: true });
    const list = await fetching.getStatements({ agent, attachments: true });
    expect(one.data[0]).toMatchObject({ id: statement.id, attachments: statement.attachments });
    expect(list.data[0].statements).toMatchObject([{ id: statement.id }]);
    // The client keeps the last line of a content only.
    for (const { data } of [one, list]) expect(data.slice(1)).toEqual(['--not-a-boundary', 'Der zweite']);
  });
});

describe.each(XAPI_JS_VERSIONS)('@xapi/xapi, version %s: documents', (version) => {
  let client: XapiJs;

  beforeAll(() => {
    client = xapiJs(lrs, version);
  });

  it('keeps states: set, merge, list, delete one and all', async () => {
    const owner = { agent: anAgent(randomUUID()), activityId: 'http://example.com/course', registration: randomUUID() };
    const key = { ...owner, stateId: 'bookmark' };
    await client.setState({ ...key, state: { page: 1 } });
    const { data, headers } = await client.getState(key);
    expect(data).toEqual({ page: 1 });
    await client.createState({ ...key, state: { done: false } });
    expect((await client.getState(key)).data).toEqual({ page: 1, done: false });
    const late = client.setState({ ...key, state: {}, etag: headers['etag'], matchHeader: 'If-Match' });
    await expect(late).rejects.toMatchObject({ response: { status: 412, data: { code: 'precondition-failed' } } });
    await client.setState({ ...owner, stateId: 'notes', state: 'plain', contentType: 'text/plain' });
    expect((await client.getStates(owner)).data).toEqual(expect.arrayContaining(['bookmark', 'notes']));
    expect((await client.getStates({ ...owner, since: '2100-01-01T00:00:00Z' })).data).toEqual([]);
    await client.deleteState(key);
    await expect(client.getState(key)).rejects.toMatchObject({ response: { status: 404 } });
    await client.deleteStates(owner);
    expect((await client.getStates(owner)).data).toEqual([]);
  });

  it('keeps activity profiles under their ETags', async () => {
    const owner = { activityId: `http://example.com/${randomUUID()}` };
    const key = { ...owner, profileId: 'settings' };
    await client.createActivityProfile({ ...key, profile: { a: 1 }, etag: '*', matchHeader: 'If-None-Match' });
    const { data, headers } = await client.getActivityProfile(key);
    expect(data).toEqual({ a: 1 });
    const again = client.setActivityProfile({ ...key, profile: {}, etag: '*', matchHeader: 'If-None-Match' });
    await expect(again).rejects.toMatchObject({ response: { status: 412 } });
    await client.setActivityProfile({ ...key, profile: { b: 2 }, etag: headers['etag'], matchHeader: 'If-Match' });
    expect((await client.getActivityProfile(key)).data).toEqual({ b: 2 });
    const late = client.setActivityProfile({ ...key, profile: {}, etag: headers['etag'], matchHeader: 'If-Match' });
    await expect(late).rejects.toMatchObject({ response: { status: 412, data: { code: 'precondition-failed' } } });
    expect((await client.getActivityProfiles(owner)).data).toEqual(['settings']);
    await client.deleteActivityProfile({ ...key, etag: (await client.getActivityProfile(key)).headers['etag'] });
    expect((await client.getActivityProfiles(owner)).data).toEqual([]);
  });

  it('keeps agent profiles under their ETags', async () => {
    const owner = { agent: anAgent(randomUUID()) };
    const key = { ...owner, profileId: 'settings' };
    await client.setAgentProfile({ ...key, profile: { a: 1 }, etag: '*', matchHeader: 'If-None-Match' });
    const { data, headers } = await client.getAgentProfile(key);
    expect(data).toEqual({ a: 1 });
    await client.createAgentProfile({ ...key, profile: { b: 2 }, etag: headers['etag'], matchHeader: 'If-Match' });
    expect((await client.getAgentProfile(key)).data).toEqual({ a: 1, b: 2 });
    const late = client.createAgentProfile({ ...key, profile: {}, etag: headers['etag'], matchHeader: 'If-Match' });
    await expect(late).rejects.toMatchObject({ response: { status: 412 } });
    expect((await client.getAgentProfiles(owner)).data).toEqual(['settings']);
    await client.deleteAgentProfile({ ...key, etag: (await client.getAgentProfile(key)).headers['etag'] });
    expect((await client.getAgentProfiles(owner)).data).toEqual([]);
  });
});

describe.each(XAPI_JS_VERSIONS)('@xapi/xapi, version %s: what the LRS knows', (version) => {
  let client: XapiJs;

  beforeAll(() => {
    client = xapiJs(lrs, version);
  });

  it('reads the versions', async () => {
    expect((await client.getAbout()).data.version).toEqual(expect.arrayContaining(['1.0.3', '2.0.0']));
  });

  it('reads an activity and a person that statements told about', async () => {
    const activity = anActivity(randomUUID(), { name: { en: 'A course' } });
    const agent = anAgent(randomUUID(), { name: 'Ann' });
    await client.sendStatement({ statement: aStatement({ actor: agent, object: activity }) });
    expect((await client.getActivity({ activityId: activity.id })).data).toMatchObject(activity);
    const person = (await client.getAgent({ agent: { ...(agent.mbox !== undefined && { mbox: agent.mbox }) } })).data;
    expect(person).toMatchObject({ objectType: 'Person', name: ['Ann'], mbox: [agent.mbox] });
  });

  it('learns what is wrong, through either adapter', async () => {
    const statement = aStatement({ actor: { mbox: 'ann@example.com' } });
    const problem = { code: 'statement-invalid', path: '$.actor.mbox' };
    await expect(client.sendStatement({ statement })).rejects.toMatchObject({
      response: { status: 400, data: problem },
    });
    const text = await xapiJs(lrs, version, 'fetch')
      .sendStatement({ statement })
      .then(JSON.stringify, (error: unknown) => (error instanceof Error ? error.message : ''));
    expect(JSON.parse(text)).toMatchObject(problem);
  });

  it('is told when its secret is wrong', async () => {
    const authorization = `Basic ${Buffer.from(`${lrs.key}:wrong`).toString('base64')}`;
    await expect(xapiJs({ url: lrs.url, authorization }, version).getStatements()).rejects.toMatchObject({
      response: { status: 401, data: { code: 'not-authenticated' } },
    });
  });
});

function definitionOf(object: object): { readonly name: object } {
  if ('definition' in object && typeof object.definition === 'object' && object.definition !== null) {
    if ('name' in object.definition && typeof object.definition.name === 'object' && object.definition.name !== null) {
      return { name: object.definition.name };
    }
  }
  return expect.fail('The object has no definition with a name.');
}
