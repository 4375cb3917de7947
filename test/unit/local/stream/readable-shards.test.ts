import { describe, expect, it } from 'vitest';
import { readableShards } from '#local/stream/readable-shards.ts';

const SHARDS = [
  { id: 'a', parent: 'gone' },
  { id: 'b', parent: 'a' },
  { id: 'c', parent: 'a' },
  { id: 'd', parent: 'b' },
  { id: 'e', parent: undefined },
];

describe('readableShards', () => {
  it('begins with those whose parents are gone or never were', () => {
    const alone = SHARDS.map((shard) => (shard.id === 'a' ? { ...shard, parent: undefined } : shard));
    expect(readableShards(alone, new Map())).toEqual(['a', 'e']);
    expect(readableShards(SHARDS, new Map())).toEqual(['a', 'e']);
  });

  it('goes on with the children of one that is over', () => {
    expect(readableShards(SHARDS, new Map([['a', { ended: true }]]))).toEqual(['b', 'c', 'e']);
  });

  it('reads one that has been begun, and none that is over', () => {
    const progress = new Map([
      ['a', { ended: true }],
      ['b', { ended: true }],
      ['c', { after: '7' }],
      ['e', { ended: true }],
    ] as const);
    expect(readableShards(SHARDS, progress)).toEqual(['c', 'd']);
  });
});
