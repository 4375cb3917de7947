import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface ServiceAddress {
  readonly region: string;
  /** For a service that is not AWS's own, for example the engines of the laptop. */
  readonly endpoint?: string | undefined;
}

/**
 * Milliseconds. A request that DynamoDB answers at all, it answers within a fraction of this. `requestTimeout` ends with
 * the headers of the answer, `socketTimeout` also ends a body that does not go on.
 */
export const SERVICE_TIMEOUTS = {
  connectionTimeout: 1_000,
  requestTimeout: 3_000,
  socketTimeout: 3_000,
  throwOnRequestTimeout: true,
};

const SOCKETS = { keepAlive: true, maxSockets: 100 };

/** The first try and the retries of the SDK, which back off exponentially with jitter. */
const ATTEMPTS = 4;

export function createDynamoDbClient({ region, endpoint }: ServiceAddress): DynamoDBClient {
  const client = new DynamoDBClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: ATTEMPTS,
    requestHandler: { ...SERVICE_TIMEOUTS, httpAgent: SOCKETS, httpsAgent: SOCKETS },
  });
  return withoutCommandLog(client);
}

/**
 * The SDK copies all that goes in and out, member by member, for a log that nobody has asked for: of what a page of
 * statements takes, a twentieth (`docs/performance.md`).
 */
export function withoutCommandLog(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
