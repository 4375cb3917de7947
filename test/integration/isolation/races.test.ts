import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import { type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { ReferenceStore } from '#test/support/reference-store.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aDraft, uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';
import { aDated, attachedPost, postOf } from '#test/integration/isolation/filled-store.ts';
import {
  type Answer,
  AUTHORITY,
  type Send,
  startTenants,
  type TenantRequest,
} from '#test/integration/isolation/tenants.ts';

const NAMES = ['a', 'b'] as const;

type Name = (typeof NAMES)[number];

const ROUNDS = Array.from({ length: 10 }, (_, round) => round);
/** Statements of one array that no transaction holds. */
const MANY = 110;

const ACTIVITY = anActivity('raced-for');
const OWNER = { activityId: ACTIVITY.id, agent: JSON.stringify(anAgent('racer')) };

let senders: Readonly<Record<Name, Send>>;
let answers: readonly Answer[];

/** More than a hundred requests of two stores at the same time in one process, for the same ids with other contents. */
beforeAll(async () => {
  senders = await startTenants();
  const ofB = requestsOf('b');
  const sent = requestsOf('a').flatMap((request, index) => [
    { name: 'a' as const, request },
    ...ofB.slice(index, index + 1).map((other) => ({ name: 'b' as const, request: other })),
  ]);
  answers = await Promise.all(sent.map(({ name, request }) => senders[name](request)));
});

it('refuses neither of two stores that race for the same ids', () => {
  expect(answers.length).toBeGreaterThan(100);
  expect(answers.filter(({ status }) => status !== 200 && status !== 204)).toEqual([]);
});

function requestsOf(name: Name): readonly TenantRequest[] {
  const state = { path: '/activities/state', headers: { 'content-type': 'application/json' } } as const;
  return [
    postOf(arrayOf(name)),
    ...ROUNDS.flatMap((round) => [
      ...statementsOf(name, round).map(postOf),
      attachedPost(withContents(name, round), [contentOf(name, round)]),
      {
        ...state,
        method: 'PUT',
        query: { ...OWNER, stateId: `${round}` },
        headers: { ...state.headers, 'if-none-match': '*' },
        body: JSON.stringify({ [name]: round }),
      },
      {
        ...state,
        method: 'POST',
        query: { ...OWNER, stateId: 'merged' },
        body: JSON.stringify({ [`${name}${round}`]: true }),
      },
    ]),
  ];
}

function arrayOf(name: Name): readonly Statement[] {
  const verb = { id: `http://example.com/verbs/many-${name}` };
  return Array.from({ length: MANY }, (_, index) => aDated(uuidOf(0x1000 + index), { verb }));
}

/** The second refers to the first; the third voids it, in A where the round is even, in B where it is odd. */
function statementsOf(name: Name, round: number): readonly Statement[] {
  const [first, second, third] = [uuidOf(0x100 + round), uuidOf(0x200 + round), uuidOf(0x300 + round)];
  const voids = (round % 2 === 0) === (name === 'a');
  const object = { ...ACTIVITY, definition: { name: { en: name } } };
  return [
    aDated(first, { actor: anAgent('racer', { name: `${name} ${round}` }), object }),
    aDated(second, { actor: anAgent(name), object: { objectType: 'StatementRef', id: first } }),
    aDated(third, {
      verb: { id: VOIDING_VERB },
      object: { objectType: 'StatementRef', id: voids ? first : uuidOf(0) },
    }),
  ];
}

function contentOf(name: Name, round: number): Buffer {
  return Buffer.from(`content of ${name} ${round};`);
}

/** Those of both stores, of which only one's own are sent. */
function withContents(name: Name, round: number): Statement {
  const fileUrl = 'http://example.com/file';
  const attachments = NAMES.map((owner) => anAttachment(contentOf(owner, round), { fileUrl }));
  return aDated(uuidOf(0x400 + round), { verb: { id: `http://example.com/verbs/attaches-${name}` }, attachments });
}

/** What the store has to answer if there is no other. */
function modelOf(name: Name): ReferenceStore {
  const model = new ReferenceStore();
  const statements = ROUNDS.flatMap((round) => [...statementsOf(name, round), withContents(name, round)]);
  for (const { id = '', ...statement } of [...arrayOf(name), ...statements]) {
    model.keep(aDraft(id, { ...statement, authority: AUTHORITY }));
  }
  return model;
}

const FILTERS: readonly (readonly [Readonly<Record<string, string>>, KeyFilters])[] = [
  [{}, {}],
  ...['racer', 'a', 'b', 'ann'].map(
    (name) => [{ agent: JSON.stringify(anAgent(name)) }, { agent: ifiOfAgent(name) }] as const,
  ),
  ...['many-a', 'many-b', 'attaches-a', 'attaches-b'].map((name) => {
    const verb = `http://example.com/verbs/${name}`;
    return [{ verb }, { verb }] as const;
  }),
  [{ activity: ACTIVITY.id }, { activity: ACTIVITY.id }],
  [
    { agent: JSON.stringify(AUTHORITY), related_agents: 'true' },
    { agent: ifiOfAgent('authority'), relatedAgents: true },
  ],
];

describe.each(NAMES)('store %s after a race with another', (name) => {
  const get = (path: TenantRequest['path'], query: TenantRequest['query']) =>
    senders[name]({ path, method: 'GET', query });

  const jsonOf = async (path: TenantRequest['path'], query: TenantRequest['query']): Promise<unknown> =>
    JSON.parse((await get(path, query)).body);

  it.each(FILTERS)('finds by %o what it would find if there were no other', async (query, filters) => {
    const { body } = await get('/statements', query);
    const { statements }: { statements: readonly Statement[] } = JSON.parse(body);
    const found = statements.map(({ id }) => String(id)).toSorted();
    expect(found).toEqual([...modelOf(name).query(filters)].toSorted());
  });

  it('has voided what it has voided itself', async () => {
    const model = modelOf(name);
    for (const id of ROUNDS.map((round) => uuidOf(0x100 + round))) {
      const { status } = await get('/statements', { voidedStatementId: id });
      expect({ id, status }).toEqual({ id, status: model.isVoided(id) ? 200 : 404 });
    }
  });

  it('gives back the attachments that were sent to it', async () => {
    for (const round of ROUNDS) {
      const { body } = await get('/statements', { statementId: uuidOf(0x400 + round), attachments: 'true' });
      expect(body.match(/content of .*?;/gu)).toEqual([contentOf(name, round).toString()]);
    }
  });

  it('has its own documents', async () => {
    const ids = [...ROUNDS.map(String), 'merged'];
    expect(await jsonOf('/activities/state', OWNER)).toEqual(ids.toSorted());
    const merged = Object.fromEntries(ROUNDS.map((round) => [`${name}${round}`, true]));
    expect(await jsonOf('/activities/state', { ...OWNER, stateId: 'merged' })).toEqual(merged);
    for (const round of ROUNDS) {
      expect(await jsonOf('/activities/state', { ...OWNER, stateId: `${round}` })).toEqual({ [name]: round });
    }
  });

  it('knows what it was told itself', async () => {
    const { id } = ACTIVITY;
    expect(await jsonOf('/activities', { activityId: id })).toMatchObject({ definition: { name: { en: name } } });
    const { body } = await get('/agents', { agent: OWNER.agent });
    const { name: names }: { name: readonly string[] } = JSON.parse(body);
    expect(names.toSorted()).toEqual(ROUNDS.map((round) => `${name} ${round}`));
  });
});
