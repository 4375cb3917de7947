import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { FailedAuthentication } from '#access/counted-event.ts';
import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { RegistryChange } from '#storage/registry.ts';
import { anAuditEvent } from '#test/support/audit-records.ts';
import type { FreshTables } from '#test/support/engine.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import type { EventOptions } from '#test/support/gateway-events.ts';

/** Long enough for every cache of what may be revoked: 30 s is what is promised. */
export const REVOKED = 30_000;

/** An LRS whose clock a test sets forward, and what it notices of who wants to be let in. */
export interface LrsUnderAttack extends Functions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets time pass, in milliseconds. */
  pass(milliseconds: number): void;
  /** Names of what authentication has asked of DynamoDB, in order. */
  readonly reads: readonly string[];
  /** What the audit is told. */
  readonly failures: readonly FailedAuthentication[];
  register(...changes: readonly RegistryChange[]): Promise<void>;
  /** Replaces a credential, whatever is registered. */
  replace(credential: Credential): Promise<void>;
  /** Asks for statements, by another address each time unless the options say otherwise. */
  ask(authorization: string | undefined, options?: EventOptions): Promise<APIGatewayProxyStructuredResultV2>;
}

/** @param begin what its clock shows at first, milliseconds since 1970 */
export async function lrsUnderAttack(credentials?: readonly Credential[], begin = Date.now()): Promise<LrsUnderAttack> {
  let time = begin;
  let attempts = 0;
  const now = (): number => time;
  const reads: string[] = [];
  const failures: FailedAuthentication[] = [];
  const functions = await startFunctions(credentials, undefined, {
    now,
    onFailure: (failure) => failures.push(failure),
    interceptAccess: ({ name }, send) => {
      reads.push(name);
      return send();
    },
  });
  const { tables } = functions;
  return {
    ...functions,
    now,
    pass: (milliseconds) => {
      time += milliseconds;
    },
    reads,
    failures,
    register: (...changes) => register(tables, now, changes),
    replace: (credential) => storeCredentials(tables, credential),
    ask: (authorization, { headers, ...options } = {}) => {
      attempts += 1;
      const source = `198.51.${Math.floor(attempts / 250)}.${attempts % 250}`;
      return functions.send('/statements', {
        query: { limit: '1' },
        source,
        ...options,
        headers: { authorization, ...headers },
      });
    },
  };
}

async function register(
  { client, names }: FreshTables,
  now: () => number,
  changes: readonly RegistryChange[],
): Promise<void> {
  const registry = new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 1, now });
  const outcome = await registry.commit({ changes, audit: anAuditEvent({ time: now() }) });
  if (outcome !== 'done') throw new Error(`The Registry answers: ${outcome}.`);
}

export function putIssuer(put: Issuer): RegistryChange {
  return { kind: 'issuer', put };
}

/** All that an answer tells but how far the LRS is, which passes with the time. */
export function toldBy({ headers, ...result }: APIGatewayProxyStructuredResultV2): unknown {
  return { ...result, headers: { ...headers, 'X-Experience-API-Consistent-Through': undefined } };
}
