import { isJsonObject, type JsonObject, textIn } from '#cli/api/json.ts';
import { durationText } from '#cli/output/duration-text.ts';
import { Failure } from '#cli/failure.ts';
import type { Connection } from '#cli/profiles/connection.ts';

/** What came, of an answer that is not as it should be. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
}

/** @returns what a place in the body of the request (a JSON path) is called by whoever typed it, if it was typed. */
export type NameTyped = (path: string) => string | undefined;

/** What was refused and why, from the problem details (RFC 9457), or what the answer looks like instead. */
export function answerFailure(answer: Answer, connection: Connection, nameTyped: NameTyped): Failure {
  const { json } = answer;
  const problem = isJsonObject(json) && isRefusal(json) ? json : undefined;
  const sentences =
    problem === undefined
      ? foreign(answer, connection)
      : [refusalText(problem, answer.status, nameTyped), ...hint(answer, connection)];
  const id = textIn(problem, 'requestId') ?? answer.headers.get('x-request-id') ?? undefined;
  return new Failure([...sentences, ...(id === undefined ? [] : [`Request id: ${id}`])].join('\n'));
}

/** Whether the API refused it: that there is nothing at a path at all, the gateway says, without the members of RFC 9457. */
function isRefusal(json: JsonObject): boolean {
  const code = textIn(json, 'code');
  return code !== undefined && (code !== 'resource-not-found' || textIn(json, 'type') !== undefined);
}

/** By this LRS. */
function refusalText(problem: JsonObject, status: number, nameTyped: NameTyped): string {
  const path = textIn(problem, 'path');
  const place = path === undefined ? undefined : (nameTyped(path) ?? path);
  const said = textIn(problem, 'detail') ?? textIn(problem, 'message') ?? `The LRS answered with status ${status}.`;
  const detail = path === undefined || place === undefined ? said : said.replaceAll(path, () => place);
  const places = [
    ['at', place],
    ['expected', textIn(problem, 'expected')],
    ['received', textIn(problem, 'received')],
  ].filter((known): known is [string, string] => known[1] !== undefined && !detail.includes(known[1]));
  const where = places.map(([name, text]) => `${name} ${text}`).join('; ');
  return where === '' ? detail : `${detail} (${where})`;
}

function hint({ status, headers }: Answer, { endpoint, key, source }: Connection): readonly string[] {
  if (status === 401) return [`The key ${key} of ${source} was sent to ${endpoint.url}.`];
  const seconds = headers.get('retry-after');
  if (seconds !== null && /^\d+$/u.test(seconds)) return [`Try again in ${durationText(Number(seconds))}.`];
  return [];
}

/** Not by this LRS: by a gateway in front of it, or by somebody else. */
function foreign({ status, headers }: Answer, { endpoint }: Connection): readonly string[] {
  const place = `${endpoint.root}/admin/v1`;
  const target = headers.get('location');
  if (status >= 300 && status < 400 && target !== null) {
    return [`${place} leads elsewhere, to ${target}: is the endpoint right?`];
  }
  if (status >= 500) return [`The LRS at ${place} cannot answer for now (status ${status}). Try again later.`];
  const type = headers.get('content-type') ?? 'no content type';
  return [
    `There is no management API at ${place} (status ${status}, ${type}): is the endpoint right?`,
    'It is beside the base path of the xAPI: leave out a base path other than /xapi.',
  ];
}
