import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '#http/statements/statement-parameters.ts';
import { etagOf } from '#xapi/document/etag.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { arbitraryHistory } from '#test/support/arbitrary-histories.ts';
import { aCredential } from '#test/support/credentials.ts';
import { startFunctions } from '#test/support/function-handlers.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import { postOf } from '#test/integration/isolation/filled-store.ts';
import {
  type Answer,
  AUTHORITY,
  type Send,
  sender,
  type TenantRequest,
  timeless,
} from '#test/integration/isolation/tenants.ts';

/** Two histories take a second. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 3);

/** Few different values, those of the statements in histories. */
const AGENT = fc.constantFrom('ann', 'bob', 'team', 'authority').map((name) => JSON.stringify(anAgent(name)));
const ACTIVITY = fc.constantFrom('meeting', 'course').map((name) => anActivity(name).id);
const UUID = fc.nat({ max: 9 }).map(uuidOf);
const CONTENTS = ['{"one":1}', '{"two":2}', 'a text'] as const;

type Query = Readonly<Record<string, string>>;

const lists: fc.Arbitrary<Query> = fc.record(
  {
    agent: AGENT,
    verb: fc.constantFrom('http://example.com/verbs/attended', 'http://example.com/verbs/passed', VOIDING_VERB),
    activity: ACTIVITY,
    registration: fc.constantFrom(uuidOf(0xaaa), uuidOf(0xbbb)),
    related_agents: fc.constant('true'),
    related_activities: fc.constant('true'),
    format: fc.constantFrom(...FORMATS),
    ascending: fc.constant('true'),
    limit: fc.constantFrom('1', '3'),
    attachments: fc.constant('true'),
  },
  { requiredKeys: [] },
);

const reads: fc.Arbitrary<TenantRequest> = fc.oneof(
  { weight: 3, arbitrary: lists.map((query) => get('/statements', query)) },
  UUID.map((statementId) => get('/statements', { statementId })),
  UUID.map((voidedStatementId) => get('/statements', { voidedStatementId })),
  AGENT.map((agent) => get('/agents', { agent })),
  ACTIVITY.map((activityId) => get('/activities', { activityId })),
);

/** Of every method, under every condition, on few documents. */
const documents: fc.Arbitrary<TenantRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'PUT', 'PUT', 'POST', 'DELETE'),
    owner: fc.record({ activityId: ACTIVITY, agent: AGENT }),
    id: fc.constantFrom({}, { stateId: 'one' }, { stateId: 'two' }),
    content: fc.constantFrom(...CONTENTS),
    condition: fc.oneof(
      fc.constant({}),
      fc
        .constantFrom('*', ...CONTENTS.map((content) => etagOf(Buffer.from(content))))
        .chain((tag) => fc.constantFrom<Query>({ 'if-match': tag }, { 'if-none-match': tag })),
    ),
  })
  .map(({ method, owner, id, content, condition }) => ({
    path: '/activities/state',
    method,
    query: { ...owner, ...id },
    headers: { 'content-type': content === 'a text' ? 'text/plain' : 'application/json', ...condition },
    ...((method === 'PUT' || method === 'POST') && { body: content }),
  }));

const writes: fc.Arbitrary<readonly TenantRequest[]> = arbitraryHistory.map((steps) =>
  steps.map(({ drafts }) => postOf(drafts.map(({ value }) => value))),
);

/** What one store is sent. */
const histories: fc.Arbitrary<readonly TenantRequest[]> = fc
  .tuple(
    writes,
    fc.array(fc.tuple(fc.nat(), fc.oneof(reads, documents)), { minLength: 10, maxLength: 30, size: 'max' }),
  )
  .map(([sent, others]) =>
    others.reduce<readonly TenantRequest[]>(
      (requests, [place, request]) => requests.toSpliced(place % (requests.length + 1), 0, request),
      sent,
    ),
  );

function get(path: TenantRequest['path'], query: Query): TenantRequest {
  return { path, method: 'GET', query };
}

/** The answer, and those of the pages behind it. */
async function answersOf(send: Send, request: TenantRequest): Promise<readonly Answer[]> {
  const answers = [await send(request)];
  for (let more = moreIn(answers[0]); more !== undefined; more = moreIn(answers.at(-1))) {
    answers.push(await send(get('/statements', Object.fromEntries(new URLSearchParams(more)))));
  }
  return answers.map(timeless);
}

function moreIn(answer: Answer | undefined): string | undefined {
  return /"more":"[^"?]*\?([^"]*)"/u.exec(answer?.body ?? '')?.[1];
}

/** @param turns whose request is next, while both have any */
function interleaved(
  ofA: readonly TenantRequest[],
  ofB: readonly TenantRequest[],
  turns: readonly boolean[],
): readonly (readonly [name: 'a' | 'b', request: TenantRequest])[] {
  const [first, second] = [[...ofA], [...ofB]];
  const sent: (readonly ['a' | 'b', TenantRequest])[] = [];
  for (let turn = 0; first.length > 0 || second.length > 0; turn += 1) {
    const name = second.length === 0 || (first.length > 0 && turns[turn % turns.length] === true) ? 'a' : 'b';
    const request = (name === 'a' ? first : second).shift();
    if (request !== undefined) sent.push([name, request]);
  }
  return sent;
}

/** Three LRSs: one that keeps both stores, and one for each alone. */
async function startApart(): Promise<Readonly<Record<'a' | 'b', readonly [together: Send, alone: Send]>>> {
  const a = aCredential({ key: 'a', store: 'a', authority: AUTHORITY });
  const b = aCredential({ key: 'b', store: 'b', authority: AUTHORITY });
  const [both, onlyA, onlyB] = await Promise.all([[a, b], [a], [b]].map((credentials) => startFunctions(credentials)));
  if (both === undefined || onlyA === undefined || onlyB === undefined) throw new Error('Three LRSs were started.');
  return { a: [sender(both, 'a'), sender(onlyA, 'a')], b: [sender(both, 'b'), sender(onlyB, 'b')] };
}

describe('two stores of one LRS', () => {
  it('answer as those of two LRSs would, whatever is sent to them in whichever order', async () => {
    const turns = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    const property = fc.asyncProperty(histories, histories, turns, async (ofA, ofB, order) => {
      const senders = await startApart();
      for (const [name, request] of interleaved(ofA, ofB, order)) {
        const [together, alone] = await Promise.all(senders[name].map((send) => answersOf(send, request)));
        expect({ name, request, answers: together }).toEqual({ name, request, answers: alone });
      }
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});
