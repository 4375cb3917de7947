/**
 * The columns of the lake's table `statements`, the one definition of them: files are written by it, Glue's tables are
 * made from it, and `docs/reference/lake.md` is held to it. Columns are only ever added, at the end, and never change
 * their meaning: a query that ran once runs for ever, and files of every version stay readable. A new column raises
 * `LAKE_VERSION`, which every file carries.
 */
export const LAKE_VERSION = 1;

/**
 * - `text`, `number` (a double), `integer` (64 bits), `boolean`
 * - `time`: an instant with microseconds
 * - `texts`: a list of texts
 * - `attachments`: a list of structs, see `ATTACHMENT_FIELDS`
 */
export type ColumnKind = 'text' | 'number' | 'integer' | 'boolean' | 'time' | 'texts' | 'attachments';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Never null. */
  readonly required?: true;
  /** Tells, or may tell, who a learner is: left out of the table `statements_pseudonymous`. */
  readonly personal?: true;
  readonly description: string;
}

export const STATEMENT_COLUMNS = [
  { name: 'statement_id', kind: 'text', required: true, description: 'Id of the statement, in lower case' },
  {
    name: 'position',
    kind: 'text',
    required: true,
    description: 'Place in the order in which the store keeps its statements; unique, and sorts as text',
  },
  { name: 'stored', kind: 'time', required: true, description: 'When the LRS stored it' },
  { name: 'timestamp', kind: 'time', description: 'When it happened' },
  {
    name: 'actor_key',
    kind: 'text',
    required: true,
    description:
      'Stands for the identifier of the actor: the same for the same actor of a store, and tells nothing else',
  },
  { name: 'actor_type', kind: 'text', required: true, description: '`Agent` or `Group`' },
  { name: 'actor_name', kind: 'text', personal: true, description: 'Name of the actor' },
  {
    name: 'actor_ifi_type',
    kind: 'text',
    description: '`mbox`, `mbox_sha1sum`, `openid` or `account`; null for an anonymous group',
  },
  {
    name: 'actor_ifi_value',
    kind: 'text',
    personal: true,
    description: 'The identifier; of an account its `name`',
  },
  {
    name: 'actor_account_home_page',
    kind: 'text',
    personal: true,
    description: '`homePage` of the account of the actor',
  },
  { name: 'actor_member_keys', kind: 'texts', description: '`actor_key` of each member of a group' },
  { name: 'verb_id', kind: 'text', required: true, description: 'IRI of the verb' },
  { name: 'verb_display', kind: 'text', description: 'Display of the verb, in the first language of the preference' },
  {
    name: 'object_type',
    kind: 'text',
    required: true,
    description: '`Activity`, `Agent`, `Group`, `SubStatement` or `StatementRef`',
  },
  {
    name: 'object_id',
    kind: 'text',
    description:
      'IRI of the activity, id of the statement that is referred to, `actor_key` of an agent or group; null for a SubStatement',
  },
  {
    name: 'object_name',
    kind: 'text',
    description: 'Name of the activity, in the first language of the preference; null for other objects',
  },
  { name: 'object_activity_type', kind: 'text', description: 'IRI of the type of the activity' },
  { name: 'score_scaled', kind: 'number', description: '`result.score.scaled`, −1 to 1' },
  { name: 'score_raw', kind: 'number', description: '`result.score.raw`' },
  { name: 'score_min', kind: 'number', description: '`result.score.min`' },
  { name: 'score_max', kind: 'number', description: '`result.score.max`' },
  { name: 'success', kind: 'boolean', description: '`result.success`' },
  { name: 'completion', kind: 'boolean', description: '`result.completion`' },
  { name: 'response', kind: 'text', personal: true, description: '`result.response`' },
  {
    name: 'duration_seconds',
    kind: 'number',
    description: '`result.duration` in seconds; a year counts as 365.25 days, a month as a twelfth of it',
  },
  { name: 'registration', kind: 'text', description: '`context.registration`, in lower case' },
  { name: 'context_parent', kind: 'texts', description: 'IRIs of `context.contextActivities.parent`' },
  { name: 'context_grouping', kind: 'texts', description: 'IRIs of `context.contextActivities.grouping`' },
  { name: 'context_category', kind: 'texts', description: 'IRIs of `context.contextActivities.category`' },
  { name: 'context_other', kind: 'texts', description: 'IRIs of `context.contextActivities.other`' },
  { name: 'instructor_key', kind: 'text', description: '`context.instructor`, as `actor_key`' },
  { name: 'instructor_name', kind: 'text', personal: true, description: 'Name of the instructor' },
  { name: 'team_key', kind: 'text', description: '`context.team`, as `actor_key`' },
  { name: 'team_name', kind: 'text', personal: true, description: 'Name of the team' },
  { name: 'platform', kind: 'text', description: '`context.platform`' },
  { name: 'language', kind: 'text', description: '`context.language`' },
  { name: 'revision', kind: 'text', description: '`context.revision`' },
  { name: 'authority_key', kind: 'text', description: 'Who vouches for the statement, as `actor_key`' },
  {
    name: 'authority_name',
    kind: 'text',
    personal: true,
    description: 'Name of the authority; of an account without one its `name`, which is the key of the credential',
  },
  { name: 'version', kind: 'text', description: 'Version of the xAPI that the statement was sent by' },
  {
    name: 'voided',
    kind: 'boolean',
    required: true,
    description: 'It was voided by the time it got here; such rows go with the next compaction',
  },
  {
    name: 'attachments',
    kind: 'attachments',
    description: 'What is attached, `content_type` without its parameters; null without attachments',
  },
  {
    name: 'raw',
    kind: 'text',
    required: true,
    personal: true,
    description: 'The statement as the LRS gives it back in the format `exact`, as JSON',
  },
] as const satisfies readonly Column[];

export interface AttachmentField {
  readonly name: string;
  readonly kind: 'text' | 'integer';
  readonly personal?: true;
}

/** The members of the structs in the column `attachments`. */
export const ATTACHMENT_FIELDS = [
  { name: 'usage_type', kind: 'text' },
  { name: 'content_type', kind: 'text' },
  { name: 'length', kind: 'integer' },
  { name: 'sha2', kind: 'text' },
  { name: 'display', kind: 'text', personal: true },
  { name: 'file_url', kind: 'text', personal: true },
] as const satisfies readonly AttachmentField[];

export const ACTIVITY_COLUMNS = [
  { name: 'activity_id', kind: 'text', required: true, description: 'IRI of the activity' },
  { name: 'name', kind: 'text', description: 'Name, in the first language of the preference' },
  { name: 'description', kind: 'text', description: 'Description, in the first language of the preference' },
  { name: 'type', kind: 'text', description: 'IRI of its type' },
  { name: 'more_info', kind: 'text', description: '`moreInfo`' },
  { name: 'interaction_type', kind: 'text', description: '`interactionType`' },
  { name: 'last_stored', kind: 'time', required: true, description: 'When the statement was stored that said so' },
] as const satisfies readonly Column[];

export const ACTOR_COLUMNS = [
  { name: 'actor_key', kind: 'text', required: true, description: 'As in `statements`' },
  { name: 'type', kind: 'text', required: true, description: '`Agent` or `Group`' },
  { name: 'name', kind: 'text', personal: true, description: 'The last name that was seen' },
  { name: 'ifi_type', kind: 'text', description: '`mbox`, `mbox_sha1sum`, `openid` or `account`' },
  { name: 'ifi_value', kind: 'text', personal: true, description: 'The identifier; of an account its `name`' },
  { name: 'account_home_page', kind: 'text', personal: true, description: '`homePage` of the account' },
  { name: 'last_stored', kind: 'time', required: true, description: 'When the statement was stored that said so' },
] as const satisfies readonly Column[];

export const VERB_COLUMNS = [
  { name: 'verb_id', kind: 'text', required: true, description: 'IRI of the verb' },
  {
    name: 'display',
    kind: 'text',
    description: 'The last display that was seen, in the first language of the preference',
  },
  { name: 'last_stored', kind: 'time', required: true, description: 'When the statement was stored that said so' },
] as const satisfies readonly Column[];

/** A table that readers see. */
export interface LakeTable {
  readonly name: string;
  /** The folder of its files and, below `current/`, of its manifests. */
  readonly folder: string;
  readonly columns: readonly Column[];
  /** By what its folder is divided: the store, and of `statements` the day of `stored` (UTC) too. */
  readonly partitionedBy: readonly ('store' | 'dt')[];
  /** Whether it tells who learners are. */
  readonly personal: boolean;
  readonly description: string;
}

/** What is left of columns for readers who may not know who learners are. */
export function withoutPersonal<Some extends { readonly personal?: true }>(columns: readonly Some[]): readonly Some[] {
  return columns.filter(({ personal }) => personal !== true);
}

export const LAKE_TABLES = {
  statements: {
    name: 'statements',
    folder: 'statements',
    columns: STATEMENT_COLUMNS,
    partitionedBy: ['store', 'dt'],
    personal: true,
    description: 'Every statement that is not voided, once',
  },
  pseudonymous: {
    name: 'statements_pseudonymous',
    folder: 'pseudonymous',
    columns: withoutPersonal<Column>(STATEMENT_COLUMNS),
    partitionedBy: ['store', 'dt'],
    personal: false,
    description: 'The same without what tells who learners are',
  },
  activities: {
    name: 'activities',
    folder: 'activities',
    columns: ACTIVITY_COLUMNS,
    partitionedBy: ['store'],
    personal: false,
    description: 'Every activity, with the latest that was said of it',
  },
  actors: {
    name: 'actors',
    folder: 'actors',
    columns: ACTOR_COLUMNS,
    partitionedBy: ['store'],
    personal: true,
    description: 'Every actor, instructor and team, with the latest name',
  },
  verbs: {
    name: 'verbs',
    folder: 'verbs',
    columns: VERB_COLUMNS,
    partitionedBy: ['store'],
    personal: false,
    description: 'Every verb, with the latest display',
  },
} as const satisfies Readonly<Record<string, LakeTable>>;

export type LakeTableName = keyof typeof LAKE_TABLES;
