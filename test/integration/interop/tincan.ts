import { createRequire } from 'node:module';
import type { RunningLrs } from '#test/support/lrs.ts';
import type { Activity, Agent, Statement } from '#xapi/statement/statement.ts';

/** The package has no types. It wraps what it sends and gets in objects of its own. */
export const TinCan: TinCanLibrary = createRequire(import.meta.url)('tincanjs');

interface TinCanLibrary {
  new (options: { readonly recordStores: readonly LrsOptions[] }): TinCanClient;
  readonly LRS: new (options: LrsOptions) => TinCanLrs;
  readonly Statement: new (json: Statement) => TinCanStatement;
  readonly Agent: new (json: Agent) => TinCanAgent;
  readonly Activity: new (json: Activity) => TinCanActivity;
  readonly Attachment: new (options: AttachmentOptions) => TinCanAttachment;
}

interface LrsOptions {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  readonly version: '1.0.2';
  readonly allowFail: boolean;
}

interface AttachmentOptions {
  readonly usageType: string;
  readonly display: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly content: string;
}

export interface TinCanAttachment {
  readonly sha2: string;
  /** Null when it was not sent along. */
  readonly content: ArrayBuffer | null;
  getContentAsString(): string;
}

export interface TinCanStatement {
  readonly id: string;
  readonly stored: string;
  attachments: readonly TinCanAttachment[] | null;
  asVersion(version: string): Statement;
}

export interface TinCanAgent {
  readonly mbox: string;
}

export interface TinCanActivity {
  readonly id: string;
  readonly definition: { readonly name: Readonly<Record<string, string>> };
}

export interface TinCanPage {
  readonly statements: readonly TinCanStatement[];
  /** Null when nothing follows. */
  readonly more: string | null;
}

export interface TinCanDocument {
  readonly contents: unknown;
  readonly contentType: string;
  readonly etag: string;
}

/** The library's XMLHttpRequest. */
interface Xhr {
  readonly status: number;
  readonly responseText: string;
}

/** Gets null or the status of a failure, and then an `Xhr` in any case. */
type Callback<T> = (error: number | null, result: T | Xhr) => void;

interface Called<T> {
  readonly callback: Callback<T>;
}

/** Filters as they are in the specification, with the library's agents. */
type Query = Readonly<Record<string, string | number | boolean | TinCanAgent>>;

interface StateOwner {
  readonly activity: TinCanActivity;
  readonly agent: TinCanAgent;
  readonly registration?: string;
}

interface Writing {
  readonly contentType?: string;
  readonly method?: 'POST';
  /** An ETag, whatever the name says. */
  readonly lastSHA1?: string;
}

interface Listing {
  readonly since?: string;
}

type ActivityProfileOwner = Pick<StateOwner, 'activity'>;
type AgentProfileOwner = Pick<StateOwner, 'agent'>;

interface TinCanClient {
  /** The first argument of the callback is a list, with an entry for each LRS. */
  voidStatement(
    id: string,
    callback: (results: readonly { err: number | null; xhr: Xhr }[], statement: TinCanStatement) => void,
    options: { readonly actor: TinCanAgent },
  ): void;
}

/** What of `TinCan.LRS` is used here; everything answers by its callback. */
export interface TinCanLrs {
  about(options: Called<{ readonly version: readonly string[] }>): void;
  saveStatement(statement: TinCanStatement, options: Called<Xhr>): void;
  saveStatements(statements: readonly TinCanStatement[], options: Called<Xhr>): void;
  retrieveStatement(id: string, options: Called<TinCanStatement> & { params?: { attachments: boolean } }): void;
  retrieveVoidedStatement(id: string, options: Called<TinCanStatement>): void;
  queryStatements(options: Called<TinCanPage> & { readonly params: Query }): void;
  moreStatements(options: Called<TinCanPage> & { readonly url: string }): void;
  retrieveActivity(id: string, options: Called<TinCanActivity>): void;

  saveState(id: string, contents: unknown, options: Called<Xhr> & StateOwner & Writing): void;
  retrieveState(id: string, options: Called<TinCanDocument | null> & StateOwner): void;
  retrieveStateIds(options: Called<readonly string[]> & StateOwner & Listing): void;
  /** @param id null for all states. */
  dropState(id: string | null, options: Called<Xhr> & StateOwner): void;

  saveActivityProfile(id: string, contents: unknown, options: Called<Xhr> & ActivityProfileOwner & Writing): void;
  retrieveActivityProfile(id: string, options: Called<TinCanDocument | null> & ActivityProfileOwner): void;
  retrieveActivityProfileIds(options: Called<readonly string[]> & ActivityProfileOwner & Listing): void;
  dropActivityProfile(id: string, options: Called<Xhr> & ActivityProfileOwner): void;

  saveAgentProfile(id: string, contents: unknown, options: Called<Xhr> & AgentProfileOwner & Writing): void;
  retrieveAgentProfile(id: string, options: Called<TinCanDocument | null> & AgentProfileOwner): void;
  retrieveAgentProfileIds(options: Called<readonly string[]> & AgentProfileOwner & Listing): void;
  dropAgentProfile(id: string, options: Called<Xhr> & AgentProfileOwner): void;
}

/** What a call of the library failed with. */
export class TinCanError extends Error {
  override readonly name = 'TinCanError';
  readonly status: number;
  /** The body, as JSON. */
  readonly body: unknown;

  constructor(status: number, text: string) {
    super(`The LRS answered ${status}: ${text}`);
    this.status = status;
    this.body = JSON.parse(text);
  }
}

/** Makes a promise of a call that takes a callback. */
export function calling<T>(call: (options: Called<T>) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  call({
    callback: (error, result) => {
      if (error === null) resolve(asResult(result));
      else reject(asError(error, result));
    },
  });
  return promise;
}

/** @param result without an error what was asked for. */
function asResult<T>(result: T | Xhr): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- so the library says
  return result as T;
}

/** @param result with an error the request itself. */
function asError(status: number, result: unknown): TinCanError {
  const isXhr = typeof result === 'object' && result !== null && 'responseText' in result;
  return new TinCanError(status, isXhr ? String(result.responseText) : '');
}

export function tinCanOptions({ url, key, secret }: Pick<RunningLrs, 'url' | 'key' | 'secret'>): LrsOptions {
  return { endpoint: `${url}/`, username: key, password: secret, version: '1.0.2', allowFail: false };
}
