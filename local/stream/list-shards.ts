import type { Shard } from '#local/stream/readable-shards.ts';
import type { Streams } from '#local/stream/streams.ts';

/** All shards of a stream. The embedded engine goes through all its records for that. */
export async function listShards(streams: Streams, stream: string): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let last: string | undefined;
  do {
    const from = last === undefined ? {} : { ExclusiveStartShardId: last };
    const { StreamDescription } = await streams.call('DescribeStream', { StreamArn: stream, ...from });
    for (const { ShardId: id = '', ParentShardId: parent } of StreamDescription?.Shards ?? []) {
      shards.push({ id, parent });
    }
    last = StreamDescription?.LastEvaluatedShardId ?? undefined;
  } while (last !== undefined);
  return shards;
}
