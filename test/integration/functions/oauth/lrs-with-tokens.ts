import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { aCredential } from '#test/support/credentials.ts';
import { jsonOf, startFunctions } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type OAuthFunction, startOAuth } from '#test/support/oauth-function.ts';
import { aStatement } from '#test/support/statements.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

export const GRANT = { grant_type: 'client_credentials' };
export const OWN = { authorization: basic('key', 'secret') };

/** When the clock starts, milliseconds since 1970. */
export const START = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

const CREDENTIALS = [
  aCredential({ scopes: ['all', 'admin'] }),
  aCredential({ key: 'writer', scopes: ['statements/write', 'state'] }),
  aCredential({ key: 'pages', origins: ['https://lms.example.com'] }),
  aCredential({ key: 'odd %2B+key', secret: 'päss%20word+:&=' }),
  aCredential({ key: 'colon', secret: 'x:secret' }),
  aCredential({ key: 'short', expires: START + DAY }),
  aCredential({ key: 'disabled', disabled: true }),
];

type Result = APIGatewayProxyStructuredResultV2;

/** What gives tokens and what takes them, with one clock. */
export interface LrsWithTokens extends AsyncDisposable {
  /** Milliseconds since 1970. */
  readonly clock: { now: number };
  readonly oauth: OAuthFunction;
  /** A token of the credential. */
  aToken(form?: Readonly<Record<string, string>>, key?: string): Promise<string>;
  /** Of a GET or POST of statements. */
  statusWith(authorization: string, method?: 'GET' | 'POST'): Promise<number | undefined>;
  /** Stores a credential, `key` unless the changes name another. */
  change(changes: Partial<Credential>): Promise<void>;
  publishedKids(): Promise<readonly string[]>;
}

export async function startLrsWithTokens(): Promise<LrsWithTokens> {
  const clock = { now: START };
  const now = (): number => clock.now;
  const functions = await startFunctions(CREDENTIALS, undefined, { now });
  const oauth = await startOAuth(functions.tables, now);
  return {
    clock,
    oauth,
    aToken: async (form = {}, key = 'key') =>
      expectToken(await oauth.ask({ ...GRANT, ...form }, { authorization: basic(key, 'secret') })),
    statusWith: async (authorization, method = 'GET') => {
      const body = method === 'POST' ? { body: JSON.stringify(aStatement()) } : {};
      const headers = { authorization, 'content-type': 'application/json' };
      return (await functions.send('/statements', { method, headers, ...body })).statusCode;
    },
    change: (changes) => storeCredentials(functions.tables, aCredential(changes)),
    publishedKids: async () => {
      const result = await oauth.send({ path: '/.well-known/jwks.json' });
      const { keys }: { readonly keys: readonly { readonly kid: string }[] } = JSON.parse(result.body ?? '');
      return keys.map(({ kid }) => kid);
    },
    [Symbol.asyncDispose]: () => oauth[Symbol.asyncDispose](),
  };
}

export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** A part of a token, parsed. */
export function partOf(token: string, part: 'header' | 'payload'): Readonly<Record<string, unknown>> {
  const text = token.split('.')[part === 'header' ? 0 : 1] ?? '';
  return Object(JSON.parse(Buffer.from(text, 'base64url').toString()));
}

/** @returns the token of an answer, which has to be one. */
export function expectToken(result: Result): string {
  expect(result).toMatchObject({ statusCode: 200, body: expect.stringContaining('"access_token":"') });
  const { access_token: token }: { readonly access_token?: unknown } = Object(jsonOf(result));
  return String(token);
}

/** Expects an error as RFC 6749, 5.2 has it. */
export async function expectRefused(asked: Promise<Result>, error: string, status = 400): Promise<Result> {
  const result = await asked;
  expect(result.statusCode).toBe(status);
  expect(result.headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  expect(jsonOf(result)).toEqual({ error, error_description: expect.stringMatching(/^[\u0020-!#-[\]-~]+\.$/u) });
  return result;
}
