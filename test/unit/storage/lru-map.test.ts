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

  it('holds no more than it may, by the sizes of its values', () => {
    const map = new LruMap<string, string>(5, ({ length }) => length);
    map.set('a', 'aa');
    map.set('b', 'bbb');
    map.set('a', 'a');
    map.set('c', 'cc');
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['a', undefined, 'cc']);
    map.set('d', 'dddddd');
    expect(map.size).toBe(0);
  });

  it('does what a list of the last uses does, step by step', () => {
    const step = fc.record({
      does: fc.constantFrom('get', 'set', 'delete'),
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      size: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (steps, capacity) => {
        const [map, list] = [new LruMap(capacity, (size: number) => size), new UsesList(capacity)];
        const run = (uses: Pick<LruMap<string, number>, 'get' | 'set' | 'delete' | 'size'>): unknown =>
          steps.map(({ does, key, size }) => [does === 'set' ? uses.set(key, size) : uses[does](key), uses.size]);
        expect(run(map)).toEqual(run(list));
      }),
    );
  });
});

/** What an `LruMap` of numbers is to be that are their own sizes. */
class UsesList {
  readonly #capacity: number;
  #uses: readonly (readonly [key: string, value: number])[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

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
    this.#uses = [...this.#uses, [key, value] as const];
    while (this.#uses.reduce((sum, [, size]) => sum + size, 0) > this.#capacity) this.#uses = this.#uses.slice(1);
  }

  delete(key: string): void {
    this.#uses = this.#uses.filter(([other]) => other !== key);
  }
}
