import type { XapiVersion } from '#xapi/version.ts';

/** Language tag → text (xAPI 1.0.3, Data 4.2). */
export type LanguageMap = Readonly<Record<string, string>>;

/** IRI → any JSON value (xAPI 1.0.3, Data 4.1). */
export type Extensions = Readonly<Record<string, unknown>>;

export interface Account {
  readonly homePage: string;
  readonly name: string;
}

interface Identified {
  readonly name?: string;
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: Account;
}

/** xAPI 1.0.3, Data 2.4.2.1. */
export interface Agent extends Identified {
  readonly objectType?: 'Agent';
}

/** xAPI 1.0.3, Data 2.4.2.2: identified when it has an Inverse Functional Identifier, else anonymous with members. */
export interface Group extends Identified {
  readonly objectType: 'Group';
  readonly member?: readonly Agent[];
}

export type Actor = Agent | Group;

export interface Verb {
  readonly id: string;
  readonly display?: LanguageMap;
}

export interface InteractionComponent {
  readonly id: string;
  readonly description?: LanguageMap;
}

export const INTERACTION_COMPONENT_LISTS = ['choices', 'scale', 'source', 'target', 'steps'] as const;

export type InteractionComponentList = (typeof INTERACTION_COMPONENT_LISTS)[number];

/** xAPI 1.0.3, Data 2.4.4.1. */
export interface ActivityDefinition extends Partial<
  Readonly<Record<InteractionComponentList, readonly InteractionComponent[]>>
> {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  readonly type?: string;
  readonly moreInfo?: string;
  readonly interactionType?: string;
  readonly correctResponsesPattern?: readonly string[];
  readonly extensions?: Extensions;
}

export interface Activity {
  readonly objectType?: 'Activity';
  readonly id: string;
  readonly definition?: ActivityDefinition;
}

export interface StatementRef {
  readonly objectType: 'StatementRef';
  readonly id: string;
}

export interface SubStatement {
  readonly objectType: 'SubStatement';
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: Activity | Actor | StatementRef;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
}

export interface Score {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
}

export const CONTEXT_ACTIVITY_KINDS = ['parent', 'grouping', 'category', 'other'] as const;

export type ContextActivityKind = (typeof CONTEXT_ACTIVITY_KINDS)[number];

/** A single Activity is legal where an array is meant and is returned as an array (xAPI 1.0.3, Data 2.4.6.2). */
export type ContextActivities = Partial<Readonly<Record<ContextActivityKind, Activity | readonly Activity[]>>>;

/** xAPI 2.0, 4.2.2.5.3. */
export interface ContextAgent {
  readonly objectType: 'contextAgent';
  readonly agent: Agent;
  readonly relevantTypes?: readonly string[];
}

/** xAPI 2.0, 4.2.2.5.4. */
export interface ContextGroup {
  readonly objectType: 'contextGroup';
  readonly group: Group;
  readonly relevantTypes?: readonly string[];
}

export interface Context {
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Group;
  readonly contextActivities?: ContextActivities;
  readonly contextAgents?: readonly ContextAgent[];
  readonly contextGroups?: readonly ContextGroup[];
  readonly revision?: string;
  readonly platform?: string;
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
}

export interface Attachment {
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  readonly contentType: string;
  readonly length: number;
  readonly sha2: string;
  readonly fileUrl?: string;
}

/** A statement as a client may send it: valid, but not yet completed by the LRS (xAPI 1.0.3, Data 2.2). */
export interface Statement {
  readonly id?: string;
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: Activity | Actor | StatementRef | SubStatement;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly stored?: string;
  readonly authority?: Actor;
  readonly version?: string;
  readonly attachments?: readonly Attachment[];
}

/**
 * A validated statement on its way into the store: `id` lower-cased and known, `authority` and `version` set.
 * `stored`, and `timestamp` where the client gave none, are set by `stampedText` at the last moment.
 */
export interface StatementDraft {
  readonly id: string;
  readonly version: XapiVersion;
  /** Plain JSON values: what rules, keys and filters read. */
  readonly value: Statement;
  /** The same statement, in which a number that a double cannot hold is kept as its source text: what is stored. */
  readonly exact: Statement;
}

/** A statement as it is kept and given back. */
export interface StoredStatement {
  readonly id: string;
  /** Position in the order of all statements of the store; see `storage/position.ts`. */
  readonly at: string;
  /** The statement in `exact` format, as JSON text; may be a part of a longer one, which stays in memory with it. */
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
  readonly voided: boolean;
}

/** xAPI 1.0.3, Data 2.3.2. */
export const VOIDING_VERB = 'http://adlnet.gov/expapi/verbs/voided';
