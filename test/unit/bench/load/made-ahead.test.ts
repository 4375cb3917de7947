import { describe, expect, it } from 'vitest';
import { MadeAhead } from '#bench/load/made-ahead.ts';

describe('what requests send', () => {
  it('is made ahead, once', () => {
    const made: number[] = [];
    const ready = new MadeAhead((index) => {
      made.push(index);
      return `body ${index}`;
    });
    ready.makeAhead(3, 2);
    expect(made).toEqual([3, 4]);
    expect([ready.take(4), ready.take(3)]).toEqual(['body 4', 'body 3']);
    expect(made).toEqual([3, 4]);
  });

  it('is made when it is asked for where it was not made ahead', () => {
    const ready = new MadeAhead((index) => index);
    ready.makeAhead(0, 1);
    expect(ready.take(7)).toBe(7);
  });
});
