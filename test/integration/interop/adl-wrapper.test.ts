import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adlWrapper, answered, deleteWithAdlWrapper } from '#test/integration/interop/adl-wrapper.ts';
import type { AdlAnswer, AdlWrapper } from '#test/integration/interop/adl-wrapper.ts';
import { FILTERS, idsOf, sendScenario, sent } from '#test/integration/interop/scenario.ts';
import type { Filter, Scenario } from '#test/integration/interop/scenario.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import type { Agent, Statement } from '#xapi/statement/statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';

let lrs: RunningLrs;
let client: AdlWrapper;

beforeAll(async () => {
  lrs = await startLrs();
  client = adlWrapper(lrs);
});

afterAll(() => lrs.stop());

describe('adl-xapiwrapper: statements', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await sendScenario((statements) => send(statements));
  });

  it('sends one and reads it back', async () => {
    const statement = sent({ result: { score: { scaled: 0.5 } } });
    const { status, text, headers } = await send(statement);
    expect([status, JSON.parse(text)]).toEqual([200, [statement.id]]);
    expect(headers['x-experience-api-version']).toMatch(/^1\.0/u);
    expect(JSON.parse((await find({ statementId: statement.id })).text)).toMatchObject(statement);
  });

  it('sends several and gets their ids in order', async () => {
    const statements = Array.from({ length: 3 }, () => sent({}));
    expect(JSON.parse((await send(statements)).text)).toEqual(statements.map(({ id }) => id));
  });

  it.each(FILTERS)('finds by %s', async (_, filter, names) => {
    expect(pageOf(await find(parametersOf(filter(scenario))))).toEqual({ ids: idsOf(scenario, names), more: '' });
  });

  it.each([true, false])('follows "more" to the end, ascending %s', async (ascending) => {
    const ids: string[] = [];
    let page = pageOf(await find({ verb: scenario.attended, ascending, limit: 2 }));
    for (;;) {
      ids.push(...page.ids);
      const { more } = page;
      if (more === '') break;
      page = pageOf(await answered((callback) => client.getStatements(null, more, callback)));
    }
    const oldestFirst = idsOf(scenario, ['byAnn', 'elsewhere', 'registered', 'taughtByAnn', 'inCourse']);
    expect(ids).toEqual(ascending ? oldestFirst : oldestFirst.toReversed());
  });

  it.each(['ids', 'exact', 'canonical'])('reads the format %s', async (format) => {
    const { ids } = pageOf(await find({ agent: JSON.stringify(scenario.ann), format }));
    expect(ids).toEqual([scenario.statements.byAnn.id]);
  });

  it('voids, and reads what was voided', async () => {
    const statement = sent({});
    const { id } = statement;
    await send(statement);
    await send({ ...sent({ verb: { id: VOIDING_VERB } }), object: { objectType: 'StatementRef', id } });
    expect((await find({ statementId: id })).status).toBe(404);
    expect(JSON.parse((await find({ voidedStatementId: id })).text)).toMatchObject({ id });
  });
});

describe('adl-xapiwrapper: documents', () => {
  it('keeps states: set, merge, list, delete one and all', async () => {
    const { activity, agent } = anOwner();
    const write = (state: unknown, ifMatch: string | null = null): Promise<AdlAnswer> =>
      answered((callback) => client.sendState(activity, agent, 'bookmark', null, state, ifMatch, null, callback));
    const read = (stateId: string | null, since: Date | null = null): Promise<AdlAnswer> =>
      answered((callback) => client.getState(activity, agent, stateId, null, since, callback));
    expect((await write({ page: 1 })).status).toBe(204);
    const { etag = '' } = (await read('bookmark')).headers;
    expect((await write({ done: false }, etag)).status).toBe(204);
    expect(await write({}, etag)).toMatchObject({ status: 412, text: expect.stringContaining('precondition-failed') });
    expect(JSON.parse((await read('bookmark')).text)).toEqual({ page: 1, done: false });
    expect((await write('plain')).status).toBe(204);
    expect(await read('bookmark')).toMatchObject({
      text: 'plain',
      headers: { 'content-type': 'application/octect-stream' },
    });
    expect(JSON.parse((await read(null)).text)).toEqual(['bookmark']);
    expect(JSON.parse((await read(null, new Date('2100-01-01'))).text)).toEqual([]);
    const owner = { activityId: activity, agent: JSON.stringify(agent) };
    expect((await deleteWithAdlWrapper(lrs, '/activities/state', { ...owner, stateId: 'bookmark' })).status).toBe(204);
    expect((await read('bookmark')).status).toBe(404);
    expect((await write(['a', 'list'])).status).toBe(204);
    expect((await deleteWithAdlWrapper(lrs, '/activities/state', owner)).status).toBe(204);
    expect(JSON.parse((await read(null)).text)).toEqual([]);
  });

  it('keeps activity profiles under their ETags', async () => {
    const { activity } = anOwner();
    const write = (profile: unknown, ifMatch: string | null, ifNoneMatch: string | null): Promise<AdlAnswer> =>
      answered((callback) => client.sendActivityProfile(activity, 'settings', profile, ifMatch, ifNoneMatch, callback));
    const read = (profileId: string | null): Promise<AdlAnswer> =>
      answered((callback) => client.getActivityProfile(activity, profileId, null, callback));
    expect((await write({ a: 1 }, null, '*')).status).toBe(204);
    expect((await write({ b: 2 }, null, '*')).status).toBe(412);
    const { etag = '' } = (await read('settings')).headers;
    expect((await write(['a', 'list'], etag, null)).status).toBe(204);
    expect((await write(['late'], etag, null)).status).toBe(412);
    expect(JSON.parse((await read('settings')).text)).toEqual(['a', 'list']);
    expect(JSON.parse((await read(null)).text)).toEqual(['settings']);
    const key = { activityId: activity, profileId: 'settings' };
    expect((await deleteWithAdlWrapper(lrs, '/activities/profile', key)).status).toBe(204);
    expect((await read('settings')).status).toBe(404);
  });

  it('keeps agent profiles under their ETags', async () => {
    const { agent } = anOwner();
    const write = (profile: unknown, ifMatch: string | null, ifNoneMatch: string | null): Promise<AdlAnswer> =>
      answered((callback) => client.sendAgentProfile(agent, 'settings', profile, ifMatch, ifNoneMatch, callback));
    const read = (profileId: string | null): Promise<AdlAnswer> =>
      answered((callback) => client.getAgentProfile(agent, profileId, null, callback));
    expect((await write({ a: 1 }, null, '*')).status).toBe(204);
    expect((await write({ b: 2 }, null, '*')).status).toBe(412);
    const { etag = '' } = (await read('settings')).headers;
    expect((await write({ b: 2 }, etag, null)).status).toBe(204);
    expect((await write({ c: 3 }, etag, null)).status).toBe(412);
    expect(JSON.parse((await read('settings')).text)).toEqual({ a: 1, b: 2 });
    expect(JSON.parse((await read(null)).text)).toEqual(['settings']);
    const key = { agent: JSON.stringify(agent), profileId: 'settings' };
    expect((await deleteWithAdlWrapper(lrs, '/agents/profile', key)).status).toBe(204);
    expect((await read('settings')).status).toBe(404);
  });
});

describe('adl-xapiwrapper: what the LRS knows', () => {
  it('finds a version it speaks', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    client.testConfig(resolve);
    expect(await promise).toBe(true);
  });

  it('reads an activity and a person that statements told about', async () => {
    const object = anActivity(randomUUID(), { name: { en: 'A course' } });
    const agent = anAgent(randomUUID(), { name: 'Ann' });
    await send(sent({ actor: agent, object }));
    const activity = await answered((callback) => client.getActivities(object.id, callback));
    expect(JSON.parse(activity.text)).toMatchObject(object);
    const person = await answered((callback) => client.getAgents(agent, callback));
    expect(JSON.parse(person.text)).toMatchObject({ objectType: 'Person', name: ['Ann'], mbox: [agent.mbox] });
  });

  it('learns what is wrong', async () => {
    const { status, text } = await send([sent({}), sent({ verb: { id: 'passed' } })]);
    expect([status, JSON.parse(text)]).toMatchObject([400, { code: 'statement-invalid', path: '$[1].verb.id' }]);
  });

  it('is told when its secret is wrong', async () => {
    const stranger = adlWrapper({ ...lrs, secret: 'wrong' });
    const { status, text } = await answered((callback) => stranger.getStatements(null, null, callback));
    expect([status, JSON.parse(text)]).toMatchObject([401, { code: 'not-authenticated' }]);
  });
});

function anOwner(): { readonly activity: string; readonly agent: Agent } {
  return { activity: anActivity(randomUUID()).id, agent: anAgent(randomUUID()) };
}

function send(statements: Statement | readonly Statement[]): Promise<AdlAnswer> {
  return answered((callback) => client.sendStatements(statements, callback));
}

function find(parameters: Readonly<Record<string, string | number | boolean>>): Promise<AdlAnswer> {
  return answered((callback) => client.getStatements(parameters, null, callback));
}

/** The client leaves it to its caller to write an agent as JSON. */
function parametersOf({ agent, ...filter }: Filter): Readonly<Record<string, string | boolean>> {
  return { ...filter, ...(agent !== undefined && { agent: JSON.stringify(agent) }) };
}

function pageOf({ text }: AdlAnswer): { readonly ids: readonly string[]; readonly more: string } {
  const { statements, more }: { statements: readonly { id: string }[]; more: string } = JSON.parse(text);
  return { ids: statements.map(({ id }) => id), more };
}
