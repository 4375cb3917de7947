import { authentication } from '#functions/authentication.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';

/**
 * @param authorization the header
 * @returns what authorises a request in a process that has authorised another with the same credential
 */
export async function authorising(
  client: DynamoDb,
  registry: string,
  authorization: string,
): Promise<() => Promise<unknown>> {
  const { authenticator } = authentication(
    { REGISTRY_TABLE: registry, LRS_ISSUER: 'urn:serverless-lrs:bench', LRS_ISSUER_HOSTS: 'loopback' },
    client,
    { now: () => 0, onFailure: () => {}, freshness: 'kept' },
  );
  const request = {
    id: 'bench',
    received: 0,
    source: '127.0.0.1',
    method: 'GET',
    path: '/xapi/statements',
    query: '',
    headers: { authorization },
    body: new Uint8Array(),
    parameters: [],
    replyHeaders: {},
  };
  await authenticator.authenticate(request);
  return () => authenticator.authenticate(request);
}
