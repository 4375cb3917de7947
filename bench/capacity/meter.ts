import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import type { ObjectSender } from '#storage/s3/bucket.ts';

/** What an operation took of DynamoDB and S3. */
export interface Cost {
  /** Requests to DynamoDB one after another; those that overlap count as one. */
  readonly roundTrips: number;
  /** All requests to DynamoDB. */
  readonly requests: number;
  /** As the engine reports them, and read units likewise. */
  readonly writeUnits: number;
  /** Those of the write units that are index rows written by a transaction. */
  readonly transactedIndexUnits: number;
  readonly readUnits: number;
  readonly s3Puts: number;
  readonly s3Gets: number;
}

const NOTHING: Cost = {
  roundTrips: 0,
  requests: 0,
  writeUnits: 0,
  transactedIndexUnits: 0,
  readUnits: 0,
  s3Puts: 0,
  s3Gets: 0,
};

export interface Meter {
  readonly measure: (operation: () => Promise<unknown>) => Promise<Cost>;
  /** To be used instead of those that are measured, likewise `objects`. */
  readonly client: DynamoDb;
  readonly objects: ObjectSender;
}

/** Measures operations of which all requests go through the meter. */
export function meter(client: DynamoDb, objects: ObjectSender): Meter {
  let inFlight = 0;
  let cost: { -readonly [Name in keyof Cost]: number } = { ...NOTHING };
  return {
    measure: async (operation) => {
      cost = { ...NOTHING };
      await operation();
      return { ...cost };
    },
    client: {
      call: async (name, input, options) => {
        // Requests that overlap are one round trip.
        if (inFlight === 0) cost.roundTrips += 1;
        inFlight += 1;
        cost.requests += 1;
        try {
          const output = await client.call(name, { ...input, ReturnConsumedCapacity: 'INDEXES' }, options);
          const parts = consumed(output);
          cost[/Get|Query/u.test(name) ? 'readUnits' : 'writeUnits'] += sum(parts);
          if (name.startsWith('Transact')) cost.transactedIndexUnits += sum(parts.flatMap(indexes));
          return output;
        } finally {
          inFlight -= 1;
        }
      },
    },
    objects: {
      send: (request) => {
        cost[request.method === 'PUT' ? 's3Puts' : 's3Gets'] += 1;
        return objects.send(request);
      },
    },
  };
}

function consumed(output: object): readonly unknown[] {
  return 'ConsumedCapacity' in output ? [output.ConsumedCapacity].flat() : [];
}

function indexes(part: unknown): readonly unknown[] {
  const found = isObject(part) && 'GlobalSecondaryIndexes' in part ? part.GlobalSecondaryIndexes : undefined;
  return isObject(found) ? Object.values(found) : [];
}

function sum(parts: readonly unknown[]): number {
  return parts.reduce<number>((total, part) => {
    return total + (isObject(part) && 'CapacityUnits' in part ? Number(part.CapacityUnits) : 0);
  }, 0);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
