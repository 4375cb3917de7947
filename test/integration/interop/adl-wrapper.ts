import { createRequire } from 'node:module';
import type { RunningLrs } from '#test/support/lrs.ts';
import type { Agent, Statement } from '#xapi/statement/statement.ts';

/** The package has no types. */
const library: Library = createRequire(import.meta.url)('adl-xapiwrapper');

interface Library {
  readonly XAPIWrapper: new (options: Options) => AdlWrapper;
  /** What all methods of the wrapper call; the only way to DELETE. */
  xapi_request(options: RawRequest, data: string | null, callback: Callback): void;
}

interface Options {
  /** With a slash at its end. */
  readonly url: string;
  readonly auth: { readonly user: string; readonly pass: string };
}

interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly auth: Options['auth'];
  readonly qs: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AdlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

type Callback = (error: Error | null, response: AdlResponse, body: string) => void;

/** Parameters as they stand in the query string. */
type Parameters = Readonly<Record<string, string | number | boolean>>;

type Tag = string | null;

/** `XAPIWrapper`, as far as it is used here. An object is sent as POST, an array and a text as PUT. */
export interface AdlWrapper {
  testConfig(callback: (usable: boolean) => void): void;
  sendStatements(statements: Statement | readonly Statement[], callback: Callback): void;
  getStatements(parameters: Parameters | null, more: string | null, callback: Callback): void;
  getActivities(activityId: string, callback: Callback): void;
  getAgents(agent: Agent, callback: Callback): void;
  sendState(
    activityId: string,
    agent: Agent,
    stateId: string,
    registration: string | null,
    state: unknown,
    ifMatch: Tag,
    ifNoneMatch: Tag,
    callback: Callback,
  ): void;
  getState(
    activityId: string,
    agent: Agent,
    stateId: string | null,
    registration: string | null,
    since: Date | null,
    callback: Callback,
  ): void;
  sendActivityProfile(
    activityId: string,
    profileId: string,
    profile: unknown,
    ifMatch: Tag,
    ifNoneMatch: Tag,
    callback: Callback,
  ): void;
  getActivityProfile(activityId: string, profileId: string | null, since: Date | null, callback: Callback): void;
  sendAgentProfile(
    agent: Agent,
    profileId: string,
    profile: unknown,
    ifMatch: Tag,
    ifNoneMatch: Tag,
    callback: Callback,
  ): void;
  getAgentProfile(agent: Agent, profileId: string | null, since: Date | null, callback: Callback): void;
}

export interface AdlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Makes a promise of a call that takes a callback. */
export function answered(call: (callback: Callback) => void): Promise<AdlAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<AdlAnswer>();
  call((error, response, text) => {
    if (error === null) resolve({ status: response.statusCode, headers: response.headers, text });
    else reject(error);
  });
  return promise;
}

type Address = Pick<RunningLrs, 'url' | 'key' | 'secret'>;

export function adlWrapper({ url, key, secret }: Address): AdlWrapper {
  return new library.XAPIWrapper({ url: `${url}/`, auth: { user: key, pass: secret } });
}

export function deleteWithAdlWrapper(
  { url, key, secret }: Address,
  path: string,
  qs: RawRequest['qs'],
): Promise<AdlAnswer> {
  const options = { method: 'DELETE', url: `${url}${path}`, auth: { user: key, pass: secret }, qs };
  return answered((callback) => {
    library.xapi_request(options, null, callback);
  });
}
