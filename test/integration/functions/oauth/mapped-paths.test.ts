import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonOf } from '#test/support/function-handlers.ts';
import { freshTables } from '#test/support/engine.ts';
import { type OAuthFunction, startOAuth } from '#test/support/oauth-function.ts';

let oauth: OAuthFunction;

beforeAll(async () => {
  oauth = await startOAuth(await freshTables(), Date.now, 'https://lrs.example.com/learning');
});

afterAll(() => oauth[Symbol.asyncDispose]());

it.each(['/learning', ''])('tokens and keys are found where events have %j in front of their paths', async (front) => {
  const token = await oauth.send({ method: 'POST', path: `${front}/oauth/token`, body: '' });
  expect(jsonOf(token)).toMatchObject({ error: 'invalid_request' });
  const fetched = await oauth.send({ method: 'POST', path: `${front}/oauth/fetch/${await oauth.aTicket()}` });
  expect(jsonOf(fetched)).toEqual({ 'auth-token': expect.any(String) });
  const keys = await oauth.send({ path: `${front}/.well-known/jwks.json` });
  expect(jsonOf(keys)).toMatchObject({ keys: [{ kty: 'EC' }] });
});

it.each(['/other', '/learning/learning'])('nothing is found behind %s', async (front) => {
  for (const path of ['/oauth/token', '/oauth/fetch/x', '/.well-known/jwks.json']) {
    expect((await oauth.send({ method: 'POST', path: `${front}${path}` })).statusCode).toBe(404);
  }
});
