import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';

export interface ServiceAddress {
  readonly region: string;
  /** For a service that is not AWS's own, for example the engines of the laptop. */
  readonly endpoint?: string | undefined;
}

/** Milliseconds. A request that DynamoDB answers at all, it answers within a fraction of this. */
const DYNAMODB_TIMEOUTS = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };

/** Milliseconds. Objects have up to a few megabytes. */
const S3_TIMEOUTS = { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true };

const SOCKETS = { keepAlive: true, maxSockets: 100 };

/** The first try and the retries of the SDK, which back off exponentially with jitter. */
const ATTEMPTS = 4;

export function createDynamoDbClient({ region, endpoint }: ServiceAddress): DynamoDBClient {
  return new DynamoDBClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: ATTEMPTS,
    requestHandler: { ...DYNAMODB_TIMEOUTS, httpAgent: SOCKETS, httpsAgent: SOCKETS },
  });
}

/** @returns what gives the one S3 client of the process, loading the SDK for S3 when it is first called. */
export function lazyS3Client({ region, endpoint }: ServiceAddress): () => Promise<S3Client> {
  let client: Promise<S3Client> | undefined;
  return () => {
    client ??= import('@aws-sdk/client-s3').then(
      (s3) =>
        new s3.S3Client({
          region,
          ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
          maxAttempts: ATTEMPTS,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          requestHandler: { ...S3_TIMEOUTS, httpAgent: SOCKETS, httpsAgent: SOCKETS },
        }),
    );
    return client;
  };
}
