import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CheckpointFile } from '#local/stream/checkpoint-file.ts';
import { followShards } from '#local/stream/follow-shards.ts';
import { listShards } from '#local/stream/list-shards.ts';
import { retry } from '#local/stream/pause.ts';
import { ShardSource } from '#local/stream/shard-source.ts';
import { StreamProgress } from '#local/stream/stream-progress.ts';
import type { Streams } from '#local/stream/streams.ts';
import { type EventSourceMapping, workOffShard } from '#local/stream/work-off-shard.ts';

export interface StreamPumpOptions {
  readonly dynamoDb: DynamoDBClient;
  readonly streams: Streams;
  readonly table: string;
  /** Where it is kept how far the stream has been worked off; belongs to this pump alone. */
  readonly checkpointFile: string;
  readonly mapping: EventSourceMapping;
}

export interface StreamPump {
  /** Calls the function no more, and waits for the call in flight. */
  stop(): Promise<void>;
}

/**
 * Calls a function with what changes in a table, as Lambda does for an event source mapping: every record once at least,
 * those of one item in order, batch by batch; what the function fails on comes again. Does nothing for a table without a
 * stream, which a table is that was restored from a backup.
 */
export function startStreamPump(options: StreamPumpOptions): StreamPump {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = retry(`Following the stream of ${options.table}`, () => follow(options, signal), signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function follow(options: StreamPumpOptions, signal: AbortSignal): Promise<void> {
  const { streams, checkpointFile, mapping } = options;
  const stream = await latestStream(options);
  if (stream === undefined) {
    console.error(
      `The table ${options.table} has no stream: ${mapping.streamFunction.name} hears nothing of its changes.`,
    );
    return;
  }
  const progress = await StreamProgress.open(new CheckpointFile(checkpointFile), stream);
  try {
    await followShards({
      progress,
      listShards: () => listShards(streams, stream),
      workOff: async (shard, until) => {
        const after = progress.shards.get(shard)?.after;
        const source = new ShardSource({ streams, stream, shard, after, signal: until });
        const onProgress = async (last: string, called: boolean): Promise<void> => {
          progress.advance(shard, last);
          if (called) await progress.save();
        };
        await workOffShard({ mapping, stream, shard, read: () => source.read(), onProgress, signal: until });
        if (!until.aborted) progress.end(shard);
      },
      signal,
    });
  } finally {
    await progress.save();
  }
}

async function latestStream({ dynamoDb, table }: StreamPumpOptions): Promise<string | undefined> {
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: table }));
  return Table?.StreamSpecification?.StreamEnabled === true ? Table.LatestStreamArn : undefined;
}
