import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckpointFile } from '#local/stream/checkpoint-file.ts';
import { followShards } from '#local/stream/follow-shards.ts';
import type { Shard } from '#local/stream/readable-shards.ts';
import { StreamProgress } from '#local/stream/stream-progress.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-stream-'));
  file = join(folder, 'stream.json');
});

afterEach(() => rm(folder, { recursive: true }));

function open(stream = 'stream'): Promise<StreamProgress> {
  return StreamProgress.open(new CheckpointFile(file), stream);
}

/** Follows shards that end when the test says so. */
async function following(first: readonly Shard[]) {
  const progress = await open();
  const stopping = new AbortController();
  const shards = { now: first, asked: 0 };
  const ends = new Map<string, () => void>();
  const ended = followShards({
    progress,
    listShards: async () => {
      shards.asked += 1;
      return shards.now;
    },
    workOff: async (shard, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve());
      ends.set(shard, resolve);
      await promise;
      if (!signal.aborted) progress.end(shard);
      ends.delete(shard);
    },
    signal: stopping.signal,
    lookAgain: 5,
  });
  return {
    shards,
    running: () => [...ends.keys()].toSorted(),
    end: (shard: string) => ends.get(shard)?.(),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

describe('followShards', () => {
  it('works off every shard after the one before it', async () => {
    const { shards, running, end, stop } = await following([
      { id: 'a', parent: undefined },
      { id: 'b', parent: 'a' },
    ]);
    await vi.waitFor(() => expect(running()).toEqual(['a']));
    shards.now = [...shards.now, { id: 'c', parent: 'a' }, { id: 'd', parent: 'b' }];
    end('a');
    await vi.waitFor(() => expect(running()).toEqual(['b', 'c']));
    end('b');
    await vi.waitFor(() => expect(running()).toEqual(['c', 'd']));
    await stop();
    expect(running()).toEqual([]);
  });

  it('waits for a shard that is not there yet, and asks for none while it has some', async () => {
    const { shards, running, end, stop } = await following([{ id: 'a', parent: undefined }]);
    await vi.waitFor(() => expect(running()).toEqual(['a']));
    expect(shards.asked).toBe(1);
    end('a');
    await vi.waitFor(() => expect(shards.asked).toBeGreaterThan(3));
    expect(running()).toEqual([]);
    shards.now = [{ id: 'b', parent: 'a' }];
    await vi.waitFor(() => expect(running()).toEqual(['b']));
    await stop();
  });

  it('goes on with the shards that it knows, without asking for them', async () => {
    const before = await open();
    before.end('a');
    before.advance('b', '7');
    await before.save();
    const { shards, running, stop } = await following([]);
    await vi.waitFor(() => expect(running()).toEqual(['b']));
    await stop();
    expect(shards.asked).toBe(0);
  });
});

describe('StreamProgress', () => {
  it('is kept in a file, for one stream', async () => {
    const progress = await open();
    progress.begin('a');
    progress.advance('b', '7');
    progress.begin('b');
    progress.end('c');
    await Promise.all([progress.save(), progress.save()]);
    expect([...(await open()).shards]).toEqual([
      ['a', {}],
      ['b', { after: '7' }],
      ['c', { ended: true }],
    ]);
    expect([...(await open('another')).shards]).toEqual([]);
  });

  it('forgets shards that the stream has forgotten', async () => {
    const progress = await open();
    progress.begin('a');
    progress.begin('b');
    progress.keepOnly(new Set(['b', 'c']));
    expect([...progress.shards.keys()]).toEqual(['b']);
  });

  it('begins anew when the file has been spoilt', async () => {
    await writeFile(file, '{"stream": "str');
    const progress = await open();
    expect([...progress.shards]).toEqual([]);
    progress.begin('a');
    await progress.save();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ stream: 'stream', shards: { a: {} } });
  });
});
