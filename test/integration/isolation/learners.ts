import type { Limits } from '#access/limits.ts';
import { type Agent, type Statement, type StatementRef, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { aCredential } from '#test/support/credentials.ts';
import { startFunctions } from '#test/support/function-handlers.ts';
import { NOT_COUNTED } from '#test/support/not-counted.ts';
import { ownTokens } from '#test/support/own-tokens.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';
import {
  aDated,
  attachedPost,
  type FilledStore,
  fillStore,
  identifierOf,
  postOf,
  putOf,
  sendAll,
  type StoredDocument,
} from '#test/integration/isolation/filled-store.ts';
import { AUTHORITY, type Send, sender, senderWith, type TenantRequest } from '#test/integration/isolation/tenants.ts';

/*
 * Learners of one store, with tokens of one credential, so with one authority: A and B, who has one of everything.
 */

const A = anAgent('learner-a');
const COURSE = anActivity('course-of-a', { name: { en: 'The course of A' } });
const VERB = { id: 'http://example.com/verbs/of-a' };
const REGISTRATION = uuidOf(0xaaa);
const CONTENT = Buffer.from('of A');

/** Each of them keeps A from all that is of B. */
export const LIMITS = {
  actor: { actor: ifiOfAgent('learner-a') },
  registration: { registration: REGISTRATION },
  activity: { activity: COURSE.id },
  launch: { actor: ifiOfAgent('learner-a'), registration: REGISTRATION, activity: COURSE.id, verbs: [VERB.id] },
} as const satisfies Record<string, Limits>;

export type LimitName = keyof typeof LIMITS;

export interface Classroom {
  /** With the credential that the tokens are of. */
  readonly lms: Send;
  /** With a token of A. */
  readonly a: Readonly<Record<LimitName, Send>>;
  /** With a token of B. */
  readonly b: Send;
}

export interface Classrooms {
  readonly both: Classroom;
  /** In an LRS that never knew of any learner but A, and was told the same of A. */
  readonly alone: Classroom;
  readonly ofB: FilledStore;
  readonly ofA: FilledStore;
}

export async function startClassrooms(): Promise<Classrooms> {
  const [both, alone] = await Promise.all([startClassroom(), startClassroom()]);
  for (const { lms } of [both, alone]) await sendAll(lms, [...firstOfA(), ...DOCUMENTS.map(putOf)]);
  const ofB = await fillStore(both.lms);
  await sendAll(both.lms, [postOf(aDated(uuidOf(0xe00), { actor: anAgent('bea'), object: referenceTo(0xd00) }))]);
  for (const { lms } of [both, alone]) await sendAll(lms, restOfA(ofB));
  return { both, alone, ofB, ofA: recordsOfA(ofB) };
}

async function startClassroom(): Promise<Classroom> {
  // More requests at once than a token may send.
  const { requestGate } = NOT_COUNTED;
  const functions = await startFunctions([aCredential({ authority: AUTHORITY })], undefined, { requestGate });
  const tokens = await ownTokens(functions.tables, Date.now);
  const withLimits = async (limits: Limits): Promise<Send> =>
    senderWith(functions, `Bearer ${await tokens.sign({ limits })}`);
  return {
    lms: sender(functions, 'key'),
    a: {
      actor: await withLimits(LIMITS.actor),
      registration: await withLimits(LIMITS.registration),
      activity: await withLimits(LIMITS.activity),
      launch: await withLimits(LIMITS.launch),
    },
    b: await withLimits({ actor: ifiOfAgent('bea') }),
  };
}

/** Each kind of limit and both versions find it. */
export function ofA(number: number, overrides: Partial<Statement> = {}): Statement {
  const context = { registration: REGISTRATION, ...overrides.context };
  return aDated(uuidOf(number), { actor: A, verb: VERB, object: COURSE, ...overrides, context });
}

function referenceTo(number: number): StatementRef {
  return { objectType: 'StatementRef', id: uuidOf(number) };
}

/** Before anything of B is there. */
export function firstOfA(): readonly TenantRequest[] {
  const attachments = [anAttachment(CONTENT)];
  return [postOf(ofA(0xd00)), attachedPost(ofA(0xd01, { attachments }), [CONTENT])];
}

/** What is said about A and things of B. */
export function restOfA({ activities, agents, contents }: FilledStore): readonly TenantRequest[] {
  const [activity = ''] = activities;
  const instructor: Agent = JSON.parse(agents[0] ?? '');
  const fileUrl = 'http://example.com/file-of-a';
  const statements = [
    ofA(0xd02, { context: { instructor, contextActivities: { parent: activities.map((id) => ({ id })) } } }),
    ofA(0xd03, { attachments: contents.map((content) => anAttachment(content, { fileUrl })) }),
    ofA(0xd04, { object: { id: activity } }),
    ofA(0xd05, { object: referenceTo(9) }),
    ofA(0xd06, { object: referenceTo(0xd05) }),
    ofA(0xd07, { object: referenceTo(0xd00) }),
    ofA(0xd08),
    ofA(0xd09, { object: referenceTo(0xd08), verb: { id: VOIDING_VERB } }),
    ofA(0xd0a, { object: { id: `${COURSE.id}/module` } }),
  ];
  return statements.map(postOf);
}

const OWNER = { agent: identifierOf(A) };
const STATE = { ...OWNER, activityId: COURSE.id };
const JSON_OF_A = { type: 'application/json', content: '{"of":"A"}' } as const;

const DOCUMENTS: readonly StoredDocument[] = [
  { path: '/activities/state', owner: { ...STATE, registration: REGISTRATION }, id: { stateId: 'own' }, ...JSON_OF_A },
  { path: '/activities/state', owner: STATE, id: { stateId: 'own' }, ...JSON_OF_A },
  { path: '/activities/profile', owner: { activityId: COURSE.id }, id: { profileId: 'own' }, ...JSON_OF_A },
  { path: '/agents/profile', owner: OWNER, id: { profileId: 'own' }, ...JSON_OF_A },
];

export function recordsOfA({ activities, stored }: FilledStore): FilledStore {
  const ids = Array.from({ length: 0xb }, (_, index) => uuidOf(0xd00 + index));
  return {
    ids,
    richIds: ids.slice(0, 5),
    manyIds: [],
    agents: [identifierOf(A)],
    activities: [COURSE.id, `${COURSE.id}/module`, ...activities.slice(0, 1)],
    verbs: [VERB.id],
    documents: DOCUMENTS,
    contents: [CONTENT],
    links: [{ registration: REGISTRATION }],
    stored,
  };
}
