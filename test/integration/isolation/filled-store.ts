import { generateKeyPairSync } from 'node:crypto';
import { type Agent, type Group, type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { aMultipart, aPart, multipartOf, ofAttachment } from '#test/support/multipart.ts';
import { aJws, anAttachment, signedBy } from '#test/support/signed-statements.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { aSubStatement, anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { AUTHORITY, type Path, type Send, type TenantRequest } from '#test/integration/isolation/tenants.ts';

const TIMESTAMP = '2026-01-02T03:04:05Z';
export const REGISTRATION = uuidOf(0xb00);

/** Statements of one array that no transaction holds. */
const MANY = 110;
/** Bytes that no item holds. */
const LARGE_STATEMENT = 320 * 1024;
const LARGE_DOCUMENT = 20 * 1024;

const POST = { path: '/statements', method: 'POST', query: {} } as const;
const JSON_TYPE = { 'content-type': 'application/json' };

/** One of each kind of identifier, in each role that a filter finds. */
const AGENTS = {
  actor: anAgent('bea', { name: 'Bea' }),
  account: { account: { homePage: 'http://example.com', name: 'bea|%|' }, name: 'Bea of the account' },
  openid: { openid: 'http://example.com/bea', name: 'Bea of the openid' },
  sha1: { mbox_sha1sum: 'b'.repeat(40), name: 'Bea of the hash' },
  member: anAgent('member', { name: 'A member' }),
  object: anAgent('object', { name: 'An object' }),
  instructor: anAgent('instructor', { name: 'An instructor' }),
  sub: anAgent('sub', { name: 'A planner' }),
  context: anAgent('context', { name: 'In the context' }),
} as const;

const GROUP = { objectType: 'Group' as const, mbox: 'mailto:group@example.com', member: [AGENTS.member] };

const ACTIVITIES = {
  course: anActivity('course', { name: { en: 'The course of B' }, description: { de: 'Kurs von B' } }),
  large: anActivity('large', { description: { en: 'x'.repeat(LARGE_DOCUMENT) } }),
  parent: anActivity('parent', { name: { en: 'A parent of B' } }),
  category: anActivity('category'),
  planned: anActivity('planned', { type: 'http://example.com/types/b' }),
} as const;

const VERBS = ['http://example.com/verbs/b', 'http://example.com/verbs/attended', VOIDING_VERB] as const;

const CONTENTS = {
  alone: Buffer.from('of B'),
  withUrl: Buffer.from('of B, to be had elsewhere, too'),
  notSent: Buffer.from('of B, to be had elsewhere only'),
} as const;

const FILE_URL = { fileUrl: 'http://example.com/file-of-b' };
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What the statement that every filter finds has. */
const EVERYTHING: Partial<Statement> = {
  actor: AGENTS.actor,
  verb: { id: VERBS[0] },
  object: ACTIVITIES.course,
  context: {
    registration: REGISTRATION,
    instructor: AGENTS.instructor,
    team: GROUP,
    contextActivities: { parent: [ACTIVITIES.parent], category: [ACTIVITIES.category] },
    statement: { objectType: 'StatementRef', id: uuidOf(1) },
    contextAgents: [{ objectType: 'contextAgent', agent: AGENTS.context }],
    contextGroups: [{ objectType: 'contextGroup', group: GROUP }],
  },
};

const referenceTo = (number: number): Partial<Statement> => ({
  object: { objectType: 'StatementRef', id: uuidOf(number) },
});

const voidingOf = (number: number): Partial<Statement> => ({ ...referenceTo(number), verb: { id: VOIDING_VERB } });

/** By the number of its id; 90 and 91 are referred to, and not there. */
const STATEMENTS: ReadonlyMap<number, Partial<Statement>> = new Map<number, Partial<Statement>>([
  [1, { actor: AGENTS.actor, object: ACTIVITIES.large }],
  [2, { actor: AGENTS.account }],
  [3, { actor: AGENTS.openid }],
  [4, { actor: AGENTS.sha1 }],
  [5, { actor: GROUP }],
  [6, { actor: { objectType: 'Group', member: [AGENTS.member] } }],
  [7, { object: { ...AGENTS.object, objectType: 'Agent' } }],
  [8, { object: aSubStatement({ actor: AGENTS.sub, object: ACTIVITIES.planned }) }],
  [9, EVERYTHING],
  [10, referenceTo(9)],
  [11, referenceTo(10)],
  [12, { actor: AGENTS.actor }],
  [13, voidingOf(12)],
  [14, voidingOf(90)],
  [15, referenceTo(91)],
  [16, { verb: { id: 'http://example.com/verbs/large' }, result: { response: 'x'.repeat(LARGE_STATEMENT) } }],
]);

const MANY_IDS = Array.from({ length: MANY }, (_, index) => uuidOf(0x1000 + index));

/** With what makes every answer to the same request the same. */
export function aDated(id: string, overrides: Partial<Statement> = {}): Statement {
  return aStatement({ id, timestamp: TIMESTAMP, ...overrides });
}

export interface StoredDocument {
  readonly path: Path;
  /** What the document belongs to. */
  readonly owner: Readonly<Record<string, string>>;
  readonly id: Readonly<Record<string, string>>;
  readonly type: string;
  readonly content: string;
}

const STATE_OWNER = { activityId: ACTIVITIES.course.id, agent: JSON.stringify(AGENTS.actor) };

const OWNERS = [
  { path: '/activities/state', owner: STATE_OWNER, idName: 'stateId' },
  { path: '/activities/state', owner: { ...STATE_OWNER, registration: REGISTRATION }, idName: 'stateId' },
  { path: '/activities/profile', owner: { activityId: ACTIVITIES.course.id }, idName: 'profileId' },
  { path: '/agents/profile', owner: { agent: JSON.stringify(AGENTS.actor) }, idName: 'profileId' },
] as const;

const BODIES = [
  { name: 'small', type: 'application/json', content: '{"of":"B","small":true}' },
  { name: 'text', type: 'text/plain', content: 'a text of B' },
  { name: 'large', type: 'application/json', content: JSON.stringify({ of: 'B', large: 'x'.repeat(LARGE_DOCUMENT) }) },
] as const;

const DOCUMENTS: readonly StoredDocument[] = OWNERS.flatMap(({ path, owner, idName }) =>
  BODIES.map(({ name, type, content }) => ({ path, owner, id: { [idName]: name }, type, content })),
);

/** What there is in a store, by which another could ask for it. */
export interface FilledStore {
  /** Also of statements that are only referred to. */
  readonly ids: readonly string[];
  /** Of statements whose answers differ by how they are presented. */
  readonly richIds: readonly string[];
  /** Of one array. */
  readonly manyIds: readonly string[];
  /** JSON, with nothing but the identifier. */
  readonly agents: readonly string[];
  readonly activities: readonly string[];
  readonly verbs: readonly string[];
  readonly documents: readonly StoredDocument[];
  /** Of attachments. */
  readonly contents: readonly Uint8Array[];
  /** Queries, with the cursor that leads to their second page. */
  readonly links: readonly Readonly<Record<string, string>>[];
  /** When the statement was stored that every filter finds. */
  readonly stored: string;
}

/** Puts one of everything into a store. @throws Error when something is refused */
export async function fillStore(send: Send): Promise<FilledStore> {
  await sendAll(send, [
    ...Array.from(STATEMENTS, ([number, content]) => postOf(aDated(uuidOf(number), content))),
    postOf(MANY_IDS.map((id) => aDated(id, { verb: { id: 'http://example.com/verbs/many' } }))),
    ...attachmentPosts(),
    ...DOCUMENTS.map(putOf),
  ]);
  const links = [
    { verb: VERBS[1], limit: '1' },
    { activity: ACTIVITIES.course.id, limit: '1' },
    { ascending: 'true', limit: '2' },
  ];
  return {
    ids: [...[...STATEMENTS.keys(), 17, 18, 19, 20, 90, 91].map(uuidOf), ...MANY_IDS.slice(0, 1)],
    richIds: [9, 12, 17, 18, 20].map(uuidOf),
    manyIds: MANY_IDS,
    agents: [...Object.values(AGENTS), GROUP, AUTHORITY].map(identifierOf),
    activities: Object.values(ACTIVITIES).map(({ id }) => id),
    verbs: VERBS,
    documents: DOCUMENTS,
    contents: [CONTENTS.alone, CONTENTS.withUrl],
    links: await Promise.all(links.map(async (query) => ({ ...query, cursor: await cursorOf(send, query) }))),
    stored: await storedOf(send, uuidOf(9)),
  };
}

/** What is known of an agent must not be told by the request already. */
export function identifierOf(actor: Agent | Group): string {
  return JSON.stringify({ ...actor, name: undefined });
}

export function postOf(statements: object): TenantRequest {
  return { ...POST, headers: JSON_TYPE, body: JSON.stringify(statements) };
}

export function putOf({ path, owner, id, type, content }: StoredDocument): TenantRequest {
  return { path, method: 'PUT', query: { ...owner, ...id }, headers: { 'content-type': type }, body: content };
}

function attachmentPosts(): readonly TenantRequest[] {
  const { alone, withUrl, notSent } = CONTENTS;
  const signed = aDated(uuidOf(20));
  const jws = aJws({ alg: 'RS256' }, JSON.stringify(signed), KEYS.privateKey);
  const signature = { ...ofAttachment(jws), 'Content-Type': 'application/octet-stream' };
  const text = Buffer.from(JSON.stringify(signedBy(signed, jws)));
  return [
    attachedPost(aDated(uuidOf(17), { attachments: [anAttachment(alone)] }), [alone]),
    attachedPost(aDated(uuidOf(18), { attachments: [anAttachment(withUrl, FILE_URL)] }), [withUrl]),
    postOf(aDated(uuidOf(19), { attachments: [anAttachment(notSent, FILE_URL)] })),
    { ...POST, ...multipartOf([aPart(text, { 'Content-Type': 'application/json' }), aPart(jws, signature)]) },
  ];
}

export function attachedPost(statement: Statement, contents: readonly Uint8Array[]): TenantRequest {
  return { ...POST, ...aMultipart(statement, contents) };
}

export async function sendAll(send: Send, requests: readonly TenantRequest[]): Promise<void> {
  for (const request of requests) {
    const { status, body } = await send(request);
    if (status !== 200 && status !== 204) throw new Error(`${request.method} ${request.path} is answered by ${body}`);
  }
}

async function cursorOf(send: Send, query: Readonly<Record<string, string>>): Promise<string> {
  const { more }: { more: string } = JSON.parse((await send({ path: '/statements', method: 'GET', query })).body);
  const cursor = new URLSearchParams(more.split('?')[1]).get('cursor');
  if (cursor === null) throw new Error(`There is no second page of ${JSON.stringify(query)}.`);
  return cursor;
}

async function storedOf(send: Send, statementId: string): Promise<string> {
  const { body } = await send({ path: '/statements', method: 'GET', query: { statementId } });
  const { stored }: { stored: string } = JSON.parse(body);
  return stored;
}
