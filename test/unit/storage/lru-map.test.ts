import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LruMap } from '#storage/lru-map.ts';

describe('LruMap', () => {
  it('forgets what was used longest ago', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
    expect(map.size).toBe(2);
  });

  it('replaces the value of a key without forgetting another', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect([map.get('a'), map.get('b')]).toEqual([3, 2]);
  });

  it('forgets on demand', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });

  it('does what a list of the last uses does, step by step', () => {
    const step = fc.record({ does: fc.constantFrom('get', 'set', 'delete'), key: fc.constantFrom('a', 'b', 'c', 'd') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const [map, list] = [new LruMap<string, number>(2), new UsesList()];
        const run = (uses: Pick<typeof map, 'get' | 'set' | 'delete' | 'size'>): unknown =>
          steps.map(({ does, key }, index) => [does === 'set' ? uses.set(key, index) : uses[does](key), uses.size]);
        expect(run(map)).toEqual(run(list));
      }),
    );
  });
});

/** What an `LruMap` of two is to be. */
class UsesList {
  #uses: readonly (readonly [key: string, value: number])[] = [];

  get size(): number {
    return this.#uses.length;
  }

  get(key: string): number | undefined {
    const [, value] = this.#uses.find(([other]) => other === key) ?? [];
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: number): void {
    this.delete(key);
    this.#uses = [...this.#uses, [key, value] as const].slice(-2);
  }

  delete(key: string): void {
    this.#uses = this.#uses.filter(([other]) => other !== key);
  }
}
