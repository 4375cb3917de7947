import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createHandler } from '#functions/oauth/handler.ts';
import { authentication } from '#functions/authentication.ts';
import type { AuthenticatorDeps } from '#http/auth/create-authenticator.ts';
import { createLogger } from '#runtime/logger.ts';
import type { CountedEvent } from '#access/counted-event.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { DynamoDbRegistryReader } from '#storage/dynamodb/registry/registry-reader.ts';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import type { TokenRequest } from '#tokens/token-request.ts';
import { claimsOf } from '#tokens/token-request.ts';
import { putTicket } from '#tokens/tickets.ts';
import { SigningKeys } from '#tokens/signing-keys.ts';
import { tokenSigner } from '#tokens/token-signer.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { aCredential } from '#test/support/credentials.ts';
import type { FreshTables } from '#test/support/engine.ts';
import { TEST_ISSUER } from '#test/support/function-handlers.ts';
import { rotateKeys } from '#test/support/published-keys.ts';
import { anEvent, type EventOptions } from '#test/support/gateway-events.ts';
import { NOT_COUNTED } from '#test/support/not-counted.ts';
import { type FreshPrivateKeys, freshPrivateKeys } from '#test/support/private-keys.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

export interface OAuthFunction extends AsyncDisposable {
  send(options: EventOptions): Promise<APIGatewayProxyStructuredResultV2>;
  /** A request for a token with these parameters; a text is sent as it is. */
  ask(
    form: Readonly<Record<string, string>> | string,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<APIGatewayProxyStructuredResultV2>;
  /** A ticket for a token of the credential `key`. */
  aTicket(request?: Partial<TokenRequest>): Promise<string>;
  /** @param compromised see `SigningKeys.rotation` */
  rotateKeys(compromised: boolean): Promise<void>;
  /** Every line of the log. */
  readonly log: readonly string[];
  readonly counted: readonly CountedEvent[];
  readonly failures: readonly Parameters<AuthenticatorDeps['onFailure']>[0][];
}

/** The function of tokens over the tables of others, with a Secrets Manager of its own. @param now milliseconds since 1970 */
export async function startOAuth(
  tables: FreshTables,
  now: () => number,
  publicUrl = 'https://lrs.example.com',
): Promise<OAuthFunction> {
  const { client, names } = tables;
  const secrets: FreshPrivateKeys = await freshPrivateKeys();
  const log: string[] = [];
  const counted: CountedEvent[] = [];
  const failures: Parameters<AuthenticatorDeps['onFailure']>[0][] = [];
  const published = new DynamoDbPublishedKeys(client, names.registry);
  const registry = new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 400, now });
  const signingKeys = new SigningKeys({ published, registry, privateKeys: secrets.privateKeys, now });
  const tickets = new DynamoDbTicketStore(client, names.registry, randomUUID);
  const environment = {
    REGISTRY_TABLE: names.registry,
    LRS_ISSUER: TEST_ISSUER,
    LRS_ISSUER_HOSTS: 'loopback',
  } as const;
  const credentials = new DynamoDbRegistryReader(client, names.registry);
  const handler = createHandler({
    logger: createLogger('debug', (line) => log.push(line), now, 'ServerlessLrs/test'),
    now,
    newId: randomUUID,
    ...authentication(environment, client, {
      now,
      onFailure: (failure) => failures.push(failure),
      freshness: 'recent',
    }),
    ...NOT_COUNTED,
    auditor: { ...NOT_COUNTED.auditor, count: (event) => counted.push(event) },
    credentials,
    signer: tokenSigner(signingKeys, TEST_ISSUER),
    publicUrl,
    tickets,
    verificationKeys: new VerificationKeys(published, now),
  });
  const send: OAuthFunction['send'] = ({ headers, ...options }) =>
    handler(anEvent({ ...options, headers: { 'x-experience-api-version': undefined, ...headers } }));
  return {
    send,
    ask: (form, headers) => {
      const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
      return send({ method: 'POST', path: '/oauth/token', headers: { 'content-type': FORM_TYPE, ...headers }, body });
    },
    aTicket: (request) => {
      const claims = claimsOf(
        aCredential(),
        { scopes: ['statements/write'], minutes: 60, ...request },
        { id: randomUUID(), now: now() },
      );
      return putTicket({ tickets, now }, claims);
    },
    rotateKeys: async (compromised) => {
      await rotateKeys(signingKeys, registry, compromised);
    },
    log,
    counted,
    failures,
    [Symbol.asyncDispose]: () => secrets[Symbol.asyncDispose](),
  };
}
