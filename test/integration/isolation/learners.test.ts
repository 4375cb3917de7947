import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anAgent } from '#test/support/statements.ts';
import { declaredParameters } from '#test/integration/isolation/declared-parameters.ts';
import { attachedPost, postOf, putOf } from '#test/integration/isolation/filled-store.ts';
import { type Classrooms, type LimitName, LIMITS, ofA, startClassrooms } from '#test/integration/isolation/learners.ts';
import { filterRequests, readRequests } from '#test/integration/isolation/read-requests.ts';
import { type Answer, type Send, type TenantRequest, timeless } from '#test/integration/isolation/tenants.ts';
import { PHASES } from '#test/integration/isolation/write-requests.ts';

const AT_ONCE = 8;
const NAMES = ['actor', 'registration', 'activity', 'launch'] as const satisfies readonly LimitName[];

let rooms: Classrooms;
let ofB: readonly TenantRequest[];
let ofOne: readonly TenantRequest[];

beforeAll(async () => {
  rooms = await startClassrooms();
  ofB = [...readRequests(rooms.ofB), ...filterRequests(rooms.ofB)];
  ofOne = readRequests(rooms.ofA).filter(({ method }) => method === 'GET');
});

const gets = (requests: readonly TenantRequest[]): readonly TenantRequest[] =>
  requests.filter(({ method }) => method === 'GET');

const inVersion1 = (request: TenantRequest): TenantRequest => ({
  ...request,
  headers: { ...request.headers, 'x-experience-api-version': '1.0.3' },
});

/** That A is answered as in the LRS that never knew of B. */
async function expectNothingTold(name: LimitName, requests: readonly TenantRequest[]): Promise<readonly Answer[]> {
  expect(requests).not.toEqual([]);
  const answers: Answer[] = [];
  await forEachBounded(requests, AT_ONCE, async (request) => {
    const [answer, alone] = await Promise.all([rooms.both.a[name](request), rooms.alone.a[name](request)]);
    expect({ request, ...timeless(answer) }).toEqual({ request, ...timeless(alone) });
    answers.push(answer);
  });
  return answers;
}

async function idsOf(send: Send, query: TenantRequest['query']): Promise<readonly string[]> {
  const { body } = await send({ path: '/statements', method: 'GET', query });
  const { statements }: { statements: readonly { id: string }[] } = JSON.parse(body);
  return statements.map(({ id }) => id);
}

/** What B sees, and what the LMS sees of B. */
async function recordsOfB(): Promise<readonly string[]> {
  const answers: string[] = [];
  const seen = gets(ofB).filter(({ path, query }) => path !== '/statements' || 'statementId' in query);
  for (const request of seen) answers.push(JSON.stringify(await rooms.both.lms(request)));
  for (const request of gets(ofB)) answers.push(JSON.stringify(await rooms.both.b(request)));
  return answers;
}

describe.each(NAMES)('a learner whose token is limited by: %s', (name) => {
  it('does not tell what is of another learner from what there is nowhere', async () => {
    await expectNothingTold(name, gets(ofB));
  });

  it('does not tell it in version 1.0.3 either', async () => {
    await expectNothingTold(name, gets(readRequests(rooms.ofB)).map(inVersion1));
  });

  it('reads of the own records what there would be without the other', async () => {
    const answers = await expectNothingTold(name, ofOne);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
    const own = [0xd00, 0xd01, 0xd02, 0xd03, 0xd0a].map(uuidOf);
    expect((await idsOf(rooms.both.a[name], {})).toSorted()).toEqual(expect.arrayContaining(own));
  });

  it('is refused all that another learner may do, and learns nothing of it', async () => {
    const writes = Object.values(PHASES).flatMap((phase) => phase(rooms.ofB).map(({ request }) => request));
    const answers = await expectNothingTold(name, writes);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
  });
});

describe('a learner with a token', () => {
  it('does not tell what is of another learner by HEAD', async () => {
    await expectNothingTold(
      'launch',
      ofB.filter(({ method }) => method === 'HEAD'),
    );
  });

  it('does not tell it by a request that is sent as a form', async () => {
    const headers = { 'x-experience-api-version': '1.0.3', 'content-type': 'application/x-www-form-urlencoded' };
    const forms = filterRequests(rooms.ofB)
      .slice(0, 24)
      .map(({ path, query }) => ({
        path,
        method: 'POST',
        query: { method: 'GET' },
        headers,
        body: new URLSearchParams(query).toString(),
      }));
    await expectNothingTold('actor', forms);
  });

  it('finds none of the statements that refer to those of others by what these say', async () => {
    const references = [0xd05, 0xd06, 0xd07].map(uuidOf);
    const agent = JSON.stringify(anAgent('bea'));
    expect(await idsOf(rooms.both.lms, { agent })).toEqual(expect.arrayContaining(references.slice(0, 2)));
    expect(await idsOf(rooms.both.a.actor, { agent, related_agents: 'true' })).toEqual([uuidOf(0xd02)]);
    expect(await idsOf(rooms.both.a.actor, {})).toEqual(expect.arrayContaining(references));
  });
});

describe.each(ROUTES)('what a learner is asked about at $path', ({ path }) => {
  it('has another answer for the LMS, by each parameter there is', async () => {
    if (path === '/about') return;
    const requests = gets(ofB).filter((request) => request.path === path);
    const telling = new Set<string>();
    await forEachBounded(requests, AT_ONCE, async (request) => {
      const [all, own] = await Promise.all([rooms.both.lms(request), rooms.both.a.launch(request)]);
      if (JSON.stringify(all) !== JSON.stringify(own)) Object.keys(request.query).forEach((one) => telling.add(one));
    });
    const names = requests.flatMap(({ query }) => Object.keys(query));
    expect([...telling].toSorted()).toEqual(await declaredParameters(rooms.both.lms, { path, method: 'GET' }, names));
  });
});

describe('a link to the next page', () => {
  const query = { limit: '1' };

  async function linkOf(send: Send): Promise<TenantRequest> {
    const { body } = await send({ path: '/statements', method: 'GET', query });
    const { more }: { more: string } = JSON.parse(body);
    const parameters = Object.fromEntries(new URLSearchParams(more.split('?')[1]));
    return { path: '/statements', method: 'GET', query: parameters };
  }

  it('is good for nobody but whom it was given to', async () => {
    const { lms, a, b } = rooms.both;
    const senders = [lms, b, a.actor, a.registration, a.activity, a.launch];
    for (const giver of senders) {
      const link = await linkOf(giver);
      const statuses = await Promise.all(senders.map(async (send) => (await send(link)).status));
      expect(statuses).toEqual(senders.map((send) => (send === giver ? 200 : 400)));
    }
  });
});

describe('a learner who may write', () => {
  let before: readonly string[];

  const LAUNCHED: readonly LimitName[] = ['actor', 'launch'];

  beforeAll(async () => {
    before = await recordsOfB();
  });

  it('has own records under the ids of others', async () => {
    const owner = { activityId: LIMITS.launch.activity, agent: JSON.stringify(anAgent('learner-a')) };
    const { registration } = LIMITS.launch;
    const states = rooms.ofB.documents
      .filter((document) => 'registration' in document.owner)
      .map((document) => putOf({ ...document, owner: { ...owner, registration } }));
    const contents = rooms.ofB.contents.map((content, index) =>
      attachedPost(ofA(0xf00 + index, { attachments: [anAttachment(content)] }), [content]),
    );
    for (const name of LAUNCHED) {
      const sent = name === 'actor' ? states : states.map((request) => ({ ...request, method: 'DELETE' }));
      const answers = await expectNothingTold(name, [...sent, ...contents]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 204]));
    }
  });

  it('adds nothing to what is known of what all share', async () => {
    const [id = ''] = rooms.ofB.activities;
    const definition = { name: { en: 'As A calls it' }, description: { en: 'As A describes it' } };
    const instructor = anAgent('bea', { name: 'As A calls her' });
    const context = { instructor, contextActivities: { parent: [{ id, definition }] } };
    for (const [index, name] of LAUNCHED.entries()) {
      const answers = await expectNothingTold(name, [postOf(ofA(0xf10 + index, { context }))]);
      expect(answers).toMatchObject([{ status: 200 }]);
    }
  });

  it('cannot void', async () => {
    const object = { objectType: 'StatementRef', id: uuidOf(9) } as const;
    for (const name of NAMES) {
      const answers = await expectNothingTold(name, [
        postOf(ofA(0xf20, { verb: { id: VOIDING_VERB }, object })),
        postOf([ofA(0xf21), ofA(0xf22, { verb: { id: VOIDING_VERB }, object })]),
        postOf([ofA(0xf21), ofA(0xf22, { object })]),
      ]);
      expect(answers).toMatchObject([{ status: 403 }, { status: 403 }, { status: 403 }]);
    }
    expect(
      await rooms.both.lms({ path: '/statements', method: 'GET', query: { statementId: uuidOf(0xf21) } }),
    ).toMatchObject({ status: 404 });
  });

  it('is told of an id that is taken, and nothing of what took it', async () => {
    const { ids } = rooms.ofB;
    const own = await rooms.both.a.launch(postOf(ofA(0xd00, { result: { response: 'another' } })));
    expect(own).toMatchObject({ status: 409 });
    for (const id of ids.slice(0, 16)) {
      const { status, body } = await rooms.both.a.launch(postOf({ ...ofA(0), id }));
      expect({ status, body }).toEqual({ status: 409, body: own.body.replaceAll(uuidOf(0xd00), id) });
    }
  });

  it('changes nothing that is of others', async () => {
    expect(await recordsOfB()).toEqual(before);
  });
});
