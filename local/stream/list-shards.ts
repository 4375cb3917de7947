import { DescribeStreamCommand, type DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Shard } from '#local/stream/readable-shards.ts';

/** All shards of a stream. The embedded engine goes through all its records for that. */
export async function listShards(client: DynamoDBStreamsClient, stream: string): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let last: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamArn: stream, ...(last !== undefined && { ExclusiveStartShardId: last }) }),
    );
    for (const { ShardId: id = '', ParentShardId: parent } of StreamDescription?.Shards ?? []) {
      shards.push({ id, parent });
    }
    last = StreamDescription?.LastEvaluatedShardId;
  } while (last !== undefined);
  return shards;
}
