import { parseMediaType } from '#http/media-type.ts';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { aCredential } from '#test/support/credentials.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { anAgent } from '#test/support/statements.ts';

export type Path = Parameters<Functions['send']>[0];

export interface TenantRequest {
  readonly path: Path;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  /** Of version 2.0.0 unless they say otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** All that a client sees, but for what is not the same twice: the boundary between parts, and up to when it is complete. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  /** One character for each byte. */
  readonly body: string;
}

/** Sends with one credential. */
export type Send = (request: TenantRequest) => Promise<Answer>;

/** Store A twice: in an LRS that keeps store B as well, and in one that never knew of any other store. */
export interface Tenants {
  readonly a: Send;
  readonly b: Send;
  readonly alone: Send;
}

/** The same agent may be the authority in several stores. */
export const AUTHORITY = anAgent('authority');

export async function startTenants(): Promise<Tenants> {
  const a = aCredential({ key: 'a', store: 'a', authority: AUTHORITY });
  const b = aCredential({ key: 'b', store: 'b', authority: AUTHORITY });
  const [both, one] = await Promise.all([startFunctions([a, b]), startFunctions([a])]);
  return { a: sender(both, 'a'), b: sender(both, 'b'), alone: sender(one, 'a') };
}

export function sender(functions: Functions, key: string): Send {
  return senderWith(functions, basic(key, 'secret'));
}

/** @param authorization as the header has it */
export function senderWith(functions: Functions, authorization: string): Send {
  const standard = { authorization, 'x-experience-api-version': '2.0.0' };
  return async ({ path, headers, ...request }) =>
    answerOf(await functions.send(path, { ...request, headers: { ...standard, ...headers } }));
}

function answerOf({ statusCode, headers = {}, ...result }: APIGatewayProxyStructuredResultV2): Answer {
  const { 'X-Experience-API-Consistent-Through': _, ...others } = headers;
  const boundary = parseMediaType(String(headers['Content-Type'] ?? '')).parameters.get('boundary');
  const text = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8').toString('latin1');
  if (boundary === undefined) return { status: statusCode, headers: others, body: text };
  const type = { 'Content-Type': String(headers['Content-Type']).replace(boundary, '(boundary)') };
  return { status: statusCode, headers: { ...others, ...type }, body: text.replaceAll(boundary, '(boundary)') };
}

/** An answer without the moments at which was stored what it tells, to compare two LRSs that were told the same. */
export function timeless({ status, headers, body }: Answer): Answer {
  const modified = 'Last-Modified' in headers ? { 'Last-Modified': '(time)' } : {};
  const text = body
    .replaceAll(/"stored":"[^"]*"/gu, '"stored":"(time)"')
    .replaceAll(/cursor=[\w.~-]+/gu, 'cursor=(position)');
  return { status, headers: { ...headers, ...modified }, body: text };
}
