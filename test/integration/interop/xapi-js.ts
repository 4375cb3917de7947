import { createRequire } from 'node:module';
import type { RunningLrs } from '#test/support/lrs.ts';
import type { Activity, Agent, Statement } from '#xapi/statement/statement.ts';
import type { Filter } from '#test/integration/interop/scenario.ts';

/** The package's own types know neither version 2.0.0 nor read-only statements. */
const XapiJsClass: new (options: Options) => XapiJs = createRequire(import.meta.url)('@xapi/xapi');

interface Options {
  readonly endpoint: string;
  readonly auth: string;
  readonly version: string;
  readonly adapter: Adapter;
}

/** Axios is what the client uses by itself; `fetch` is what it needs in Node to send attachments. */
type Adapter = 'axios' | 'fetch';

export interface Answer<T> {
  readonly data: T;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
}

interface Query extends Filter {
  readonly limit?: number;
  readonly format?: 'exact' | 'ids' | 'canonical';
  readonly attachments?: boolean;
}

interface Page {
  readonly statements: readonly Required<Statement>[];
  readonly more: string;
}

interface Single {
  readonly attachments?: boolean;
  readonly format?: Query['format'];
}

interface Precondition {
  readonly etag?: string | undefined;
  readonly matchHeader?: 'If-Match' | 'If-None-Match';
  readonly contentType?: string;
}

interface StateOwner {
  readonly agent: Agent;
  readonly activityId: string;
  readonly registration?: string;
}

interface ActivityProfileKey {
  readonly activityId: string;
  readonly profileId: string;
}

interface AgentProfileKey {
  readonly agent: Agent;
  readonly profileId: string;
}

type StateKey = StateOwner & { readonly stateId: string };
type Since = { readonly since?: string };
type WithEtag = Pick<Precondition, 'etag'>;

/** What a multipart answer becomes: the statements, then the contents as text. */
type Parts<T> = readonly [T, ...string[]];

/** `@xapi/xapi`, as far as it is used here. */
export interface XapiJs {
  getAbout(): Promise<Answer<{ readonly version: readonly string[] }>>;
  getActivity(key: { readonly activityId: string }): Promise<Answer<Activity>>;
  getAgent(key: { readonly agent: Agent }): Promise<Answer<Readonly<Record<string, unknown>>>>;

  sendStatement(sent: { statement: Statement; attachments?: readonly ArrayBuffer[] }): Promise<Answer<string[]>>;
  sendStatements(sent: {
    statements: readonly Statement[];
    attachments?: readonly ArrayBuffer[];
  }): Promise<Answer<string[]>>;
  getStatement(key: Single & { statementId: string; attachments: true }): Promise<Answer<Parts<Required<Statement>>>>;
  getStatement(key: Single & { statementId: string }): Promise<Answer<Required<Statement>>>;
  getVoidedStatement(key: Single & { voidedStatementId: string }): Promise<Answer<Required<Statement>>>;
  getStatements(query: Query & { attachments: true }): Promise<Answer<Parts<Page>>>;
  getStatements(query?: Query): Promise<Answer<Page>>;
  getMoreStatements(page: { readonly more: string }): Promise<Answer<Page>>;
  voidStatement(voiding: { readonly actor: Agent; readonly statementId: string }): Promise<Answer<string[]>>;
  voidStatements(voiding: { readonly actor: Agent; readonly statementIds: string[] }): Promise<Answer<string[]>>;

  createState(sent: StateKey & Precondition & { readonly state: unknown }): Promise<Answer<unknown>>;
  setState(sent: StateKey & Precondition & { readonly state: unknown }): Promise<Answer<unknown>>;
  getState(key: StateKey): Promise<Answer<unknown>>;
  getStates(owner: StateOwner & Since): Promise<Answer<readonly string[]>>;
  deleteState(key: StateKey & WithEtag): Promise<Answer<unknown>>;
  deleteStates(owner: StateOwner & WithEtag): Promise<Answer<unknown>>;

  createActivityProfile(
    sent: ActivityProfileKey & Precondition & { readonly profile: unknown },
  ): Promise<Answer<unknown>>;
  setActivityProfile(sent: ActivityProfileKey & Precondition & { readonly profile: unknown }): Promise<Answer<unknown>>;
  getActivityProfile(key: ActivityProfileKey): Promise<Answer<unknown>>;
  getActivityProfiles(owner: Pick<ActivityProfileKey, 'activityId'> & Since): Promise<Answer<readonly string[]>>;
  deleteActivityProfile(key: ActivityProfileKey & WithEtag): Promise<Answer<unknown>>;

  createAgentProfile(sent: AgentProfileKey & Precondition & { readonly profile: unknown }): Promise<Answer<unknown>>;
  setAgentProfile(sent: AgentProfileKey & Precondition & { readonly profile: unknown }): Promise<Answer<unknown>>;
  getAgentProfile(key: AgentProfileKey): Promise<Answer<unknown>>;
  getAgentProfiles(owner: Pick<AgentProfileKey, 'agent'> & Since): Promise<Answer<readonly string[]>>;
  deleteAgentProfile(key: AgentProfileKey & WithEtag): Promise<Answer<unknown>>;
}

export const XAPI_JS_VERSIONS = ['1.0.3', '2.0.0'] as const;

export function xapiJs(
  { url, authorization }: Pick<RunningLrs, 'url' | 'authorization'>,
  version: (typeof XAPI_JS_VERSIONS)[number],
  adapter: Adapter = 'axios',
): XapiJs {
  return new XapiJsClass({ endpoint: url, auth: authorization, version, adapter });
}
