import { pause } from '#local/stream/pause.ts';
import { readableShards, type Shard } from '#local/stream/readable-shards.ts';
import type { StreamProgress } from '#local/stream/stream-progress.ts';

/** Milliseconds after which the shards that follow on another are looked for again, when they are not there yet. */
const LOOK_AGAIN = 10_000;

export interface Following {
  readonly progress: StreamProgress;
  readonly listShards: () => Promise<readonly Shard[]>;
  /** Resolves when the shard is over, or at the signal. */
  readonly workOff: (shard: string, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly lookAgain?: number;
}

/**
 * Works off the shards of a stream, each after the one before it, until the signal comes. Shards are asked for only when
 * none is known, or one is over: every new one follows on one that was there.
 */
export async function followShards(following: Following): Promise<void> {
  const { progress, workOff, signal, lookAgain = LOOK_AGAIN } = following;
  const running = new Map<string, Promise<void>>();
  const failed = new AbortController();
  try {
    let shards = begunShards(progress);
    if (shards.length === 0) shards = await findShards(following);
    while (!signal.aborted) {
      const toStart = shards.filter((shard) => !running.has(shard));
      for (const shard of toStart) {
        const work = workOff(shard, AbortSignal.any([signal, failed.signal]));
        running.set(
          shard,
          work.finally(() => running.delete(shard)),
        );
      }
      const patience = toStart.length === 0 ? [pause(lookAgain, signal)] : [];
      await Promise.race([...running.values(), ...patience]);
      if (!signal.aborted) shards = await findShards(following);
    }
  } finally {
    failed.abort();
    await Promise.allSettled(running.values());
  }
}

function begunShards({ shards }: StreamProgress): readonly string[] {
  return [...shards].filter(([, { ended }]) => ended !== true).map(([shard]) => shard);
}

async function findShards({ progress, listShards }: Following): Promise<readonly string[]> {
  const shards = await listShards();
  progress.keepOnly(new Set(shards.map(({ id }) => id)));
  const readable = readableShards(shards, progress.shards);
  for (const shard of readable) progress.begin(shard);
  await progress.save();
  return readable;
}
