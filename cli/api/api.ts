import { answerFailure, type NameTyped } from '#cli/api/answer-failure.ts';
import type { ListAnswer } from '#access/admin-api.ts';
import { isJsonObject } from '#cli/api/json.ts';
import { isPassing, networkFailure } from '#cli/api/network-failure.ts';
import { isForNow, pauseAfter } from '#cli/api/retry.ts';
import { Failure, wrongUsage } from '#cli/failure.ts';
import type { Connection } from '#cli/profiles/connection.ts';
import type { Shell } from '#cli/shell.ts';

/** Milliseconds; API Gateway gives up after 30 s. */
const TIMEOUT = 35_000;

/** Items of one page; the API has no larger ones. */
const PAGE = 200;

export type Query = Readonly<Record<string, string | undefined>>;

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments below `/admin/v1`, not encoded. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: object;
}

/** The management API of one LRS, as one principal. */
export interface Api {
  readonly connection: Connection;
  /** The object that is answered; an empty one when the answer has no body. @throws Failure */
  send<Answer extends object>(request: ApiRequest): Promise<Answer>;
  /** The items of all pages, as they come. @param most of them at most @throws Failure */
  list<Item extends object>(path: readonly string[], query?: Query, most?: number): AsyncGenerator<Item>;
}

type World = Pick<Shell, 'fetch' | 'sleep' | 'newId'>;

type Refuse = (answer: Received) => Failure;

/** @param nameTyped what members of the bodies are called in messages; absent: as the API calls them */
export function createApi(shell: World, connection: Connection, nameTyped: NameTyped = () => undefined): Api {
  const refuse: Refuse = (answer) => answerFailure(answer, connection, nameTyped);
  const send = <Answer extends object>(request: ApiRequest): Promise<Answer> =>
    sendUntilAnswered<Answer>(shell, connection, request, refuse);
  return { connection, send, list: (path, query, most) => items(send, path, query, most) };
}

/** What failed for now is sent again; a POST with the same key, so that it is carried out once. */
async function sendUntilAnswered<Answer extends object>(
  shell: World,
  connection: Connection,
  request: ApiRequest,
  refuse: Refuse,
): Promise<Answer> {
  const url = urlOf(request, connection);
  const init = initOf(request, connection, shell.newId());
  for (let attempt = 1; ; attempt += 1) {
    const { response, error } = await attemptOf(() => exchange(shell, url, init));
    if (response !== undefined && !isForNow(response.status)) {
      // Its members are as `access/admin-api.ts` has them, if the LRS is of this version.
      const answer: Answer = JSON.parse(objectIn(response, refuse));
      return answer;
    }
    const pause =
      response === undefined && !isPassing(error)
        ? undefined
        : pauseAfter(attempt, response?.headers.get('retry-after') ?? null);
    if (pause !== undefined) await shell.sleep(pause);
    else if (response === undefined) throw networkFailure(error, connection.endpoint);
    else throw refuse(response);
  }
}

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
}

async function attemptOf(
  exchange: () => Promise<Received>,
): Promise<{ readonly response?: Received; readonly error?: unknown }> {
  try {
    return { response: await exchange() };
  } catch (error) {
    return { error };
  }
}

async function exchange(shell: World, url: string, init: RequestInit): Promise<Received> {
  const response = await shell.fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, json: parse(text) };
}

/** @returns an object as JSON. @throws Failure when it is none, or a refusal */
function objectIn(response: Received, refuse: Refuse): string {
  const { status, text, json } = response;
  if (status === 204) return '{}';
  if (status >= 200 && status < 300 && isJsonObject(json)) return text;
  throw refuse(response);
}

function urlOf({ path, query = {} }: ApiRequest, { endpoint }: Connection): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const parameters = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `${endpoint.root}/admin/v1/${path.map(segment).join('/')}${parameters}`;
}

/** Dots alone would lead to another path, however they are encoded. */
function segment(text: string): string {
  if (/^\.{0,2}$/u.test(text)) throw wrongUsage(`${JSON.stringify(text)} is no name of anything.`);
  return encodeURIComponent(text);
}

function initOf({ method, body }: ApiRequest, { key, secret }: Connection, id: string): RequestInit {
  return {
    method,
    // Secrets go to the endpoint that was given, and nowhere else.
    redirect: 'manual',
    headers: {
      Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      Accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(method === 'POST' && { 'Idempotency-Key': id }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* items<Item extends object>(
  send: Api['send'],
  path: readonly string[],
  query: Query = {},
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<Item> {
  let left = most;
  let after: string | undefined;
  do {
    const limit = String(Math.min(left, PAGE));
    const page = await send<ListAnswer<Item>>({ method: 'GET', path, query: { ...query, limit, after } });
    if (!Array.isArray(page.items)) throw new Failure('The LRS answered without a list: is it of another version?');
    yield* page.items.slice(0, left);
    left -= page.items.length;
    after = page.next;
  } while (after !== undefined && left > 0);
}
