import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What an operation takes of DynamoDB. */
export interface Cost {
  /** Requests one after another; those that overlap count as one. */
  readonly roundTrips: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** @returns what measures an operation of which all requests go through this client. */
export function meter(client: DynamoDBClient): (operation: () => Promise<unknown>) => Promise<Cost> {
  let inFlight = 0;
  let cost = { roundTrips: 0, writeUnits: 0, readUnits: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (inFlight === 0) cost.roundTrips += 1;
        inFlight += 1;
        try {
          const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
          cost[/Get|Query/u.test(commandName) ? 'readUnits' : 'writeUnits'] += unitsOf(result.output);
          return result;
        } finally {
          inFlight -= 1;
        }
      },
    { step: 'initialize' },
  );
  return async (operation) => {
    cost = { roundTrips: 0, writeUnits: 0, readUnits: 0 };
    await operation();
    return cost;
  };
}

function unitsOf(output: object): number {
  const consumed = 'ConsumedCapacity' in output ? [output.ConsumedCapacity].flat() : [];
  return consumed.reduce<number>((sum, part) => sum + unitsOfPart(part), 0);
}

function unitsOfPart(part: unknown): number {
  if (typeof part !== 'object' || part === null || !('CapacityUnits' in part)) return 0;
  return Number(part.CapacityUnits);
}
