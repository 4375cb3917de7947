import { CONTEXT_ACTIVITY_KINDS, INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';

/**
 * Which members a value may have, of whatever type it is:
 *
 * - `plain`: none, it is a text, a number or a boolean
 * - `members`: these
 * - `items`: it is a list
 * - `by`: any that are language tags, or IRIs
 * - `free`: nobody knows, it is inside an extension
 */
export type Shape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: 'items'; readonly items: Shape }
  | { readonly kind: 'by'; readonly key: 'language' | 'iri'; readonly values: Shape }
  | { readonly kind: 'free' };

const PLAIN: Shape = { kind: 'plain' };
const LANGUAGES: Shape = { kind: 'by', key: 'language', values: PLAIN };
const EXTENSIONS: Shape = { kind: 'by', key: 'iri', values: { kind: 'free' } };

type Members = Readonly<Record<string, Shape>>;

function withMembers(members: Members): Shape {
  return { kind: 'members', members };
}

function listOf(items: Shape): Shape {
  return { kind: 'items', items };
}

function plain(...names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, PLAIN]));
}

const AGENT: Members = {
  ...plain('objectType', 'name', 'mbox', 'mbox_sha1sum', 'openid'),
  account: withMembers(plain('homePage', 'name')),
};

const GROUP: Members = { ...AGENT, member: listOf(withMembers(AGENT)) };

/** An agent or a group. */
const ACTOR = withMembers(GROUP);

const VERB = withMembers({ id: PLAIN, display: LANGUAGES });

const COMPONENTS = listOf(withMembers({ id: PLAIN, description: LANGUAGES }));

const ACTIVITY: Members = {
  ...plain('objectType', 'id'),
  definition: withMembers({
    name: LANGUAGES,
    description: LANGUAGES,
    ...plain('type', 'moreInfo', 'interactionType'),
    correctResponsesPattern: listOf(PLAIN),
    ...Object.fromEntries(INTERACTION_COMPONENT_LISTS.map((name) => [name, COMPONENTS])),
    extensions: EXTENSIONS,
  }),
};

const RESULT = withMembers({
  score: withMembers(plain('scaled', 'raw', 'min', 'max')),
  ...plain('success', 'completion', 'response', 'duration'),
  extensions: EXTENSIONS,
});

const ACTIVITIES = listOf(withMembers(ACTIVITY));

const CONTEXT = withMembers({
  registration: PLAIN,
  instructor: ACTOR,
  team: ACTOR,
  contextActivities: withMembers(Object.fromEntries(CONTEXT_ACTIVITY_KINDS.map((name) => [name, ACTIVITIES]))),
  contextAgents: listOf(withMembers({ objectType: PLAIN, agent: withMembers(AGENT), relevantTypes: listOf(PLAIN) })),
  contextGroups: listOf(withMembers({ objectType: PLAIN, group: withMembers(GROUP), relevantTypes: listOf(PLAIN) })),
  ...plain('revision', 'platform', 'language'),
  statement: withMembers(plain('objectType', 'id')),
  extensions: EXTENSIONS,
});

const ATTACHMENTS = listOf(
  withMembers({
    usageType: PLAIN,
    display: LANGUAGES,
    description: LANGUAGES,
    ...plain('contentType', 'length', 'sha2', 'fileUrl'),
  }),
);

/** An activity, an agent, a group or a reference: nothing of a SubStatement is a SubStatement itself. */
const SIMPLE_OBJECT: Members = { ...ACTIVITY, ...GROUP };

const WHAT_HAPPENED: Members = {
  actor: ACTOR,
  verb: VERB,
  result: RESULT,
  context: CONTEXT,
  timestamp: PLAIN,
  attachments: ATTACHMENTS,
};

/** All that a statement of any version may have, as it is given back (xAPI 1.0.3, Data 2; xAPI 2.0, 4.2). */
export const STATEMENT_SHAPE = withMembers({
  ...WHAT_HAPPENED,
  ...plain('id', 'stored', 'version'),
  object: withMembers({ ...SIMPLE_OBJECT, ...WHAT_HAPPENED, object: withMembers(SIMPLE_OBJECT) }),
  authority: ACTOR,
});
