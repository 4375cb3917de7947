import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startClock } from '#local/clock.ts';
import { LOCAL_TABLES } from '#local/function-variables.ts';
import type { EventFunctions, LocalFunctions } from '#local/functions.ts';
import { toContext } from '#local/lambda/context.ts';
import { type LocalFunction, TIME_LIMIT } from '#local/lambda/local-function.ts';
import { ONLY_STATEMENTS } from '#local/stream/event-filter.ts';
import { startStreamPump } from '#local/stream/stream-pump.ts';
import { streamsEndpoint } from '#local/stream/streams-endpoint.ts';
import { StreamsService } from '#local/stream/streams-service.ts';
import type { EventSourceMapping } from '#local/stream/work-off-shard.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';

/** Milliseconds between two calls by a clock. Nobody pays for them here, so that all is done soon. */
const INTERVAL = 60_000;

/** As it is deployed, but for the window: nobody pays for small files here. */
const LAKE_MAPPING: Omit<EventSourceMapping, 'streamFunction'> = {
  filter: ONLY_STATEMENTS,
  limits: { size: 10_000, bytes: 6 * 1024 * 1024, window: 2_000 },
  pollInterval: 500,
};

export interface BackgroundOptions {
  readonly keeper: LocalFunctions['keeper'];
  readonly functions: EventFunctions;
  readonly region: string;
  /** URL */
  readonly dynamoDb: string;
  readonly streamFile: string;
}

export interface Background {
  /** Calls nothing more, and waits for the calls in flight. */
  stop(): Promise<void>;
}

/** Calls the functions that no client calls: by the clock, and with what changes in the Statements table. */
export function startBackground(options: BackgroundOptions): Background {
  const { keeper, functions, region, dynamoDb, streamFile } = options;
  const clocks = [
    startClock('keeper', keeper, INTERVAL),
    ...Object.entries(functions.invoked).map(([name, handler]) => startSchedule(name, handler)),
  ];
  const tables = new DynamoDBClient({ region, endpoint: dynamoDb, requestHandler: SERVICE_TIMEOUTS });
  const pump = startStreamPump({
    dynamoDb: tables,
    streams: new StreamsService({ region, endpoint: streamsEndpoint(dynamoDb) }),
    table: LOCAL_TABLES.statements,
    checkpointFile: streamFile,
    mapping: { ...LAKE_MAPPING, streamFunction: { name: 'lake-writer', handler: functions.lakeWriter } },
  });
  return {
    stop: async () => {
      await Promise.all([pump, ...clocks].map((part) => part.stop()));
      tables.destroy();
    },
  };
}

/** Whatever such a function was not called for by an event, it finds itself. */
function startSchedule(name: string, handler: LocalFunction) {
  const call = (stopping: AbortSignal): Promise<unknown> =>
    handler('{}', toContext(name, randomUUID(), Date.now() + TIME_LIMIT, stopping));
  return startClock(name, call, INTERVAL);
}
