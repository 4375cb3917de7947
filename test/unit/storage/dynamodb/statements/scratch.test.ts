import { describe, expect, it } from 'vitest';
import { Scratch } from '#storage/dynamodb/statements/scratch.ts';

describe('scratch memory', () => {
  it('is as long as asked for, less or more than before', () => {
    const scratch = new Scratch();
    for (const bytes of [10, 3, 0, 50, 20]) expect(scratch.take(bytes)).toHaveLength(bytes);
  });

  it('is the same again, unless more is asked for', () => {
    const scratch = new Scratch();
    const { buffer } = scratch.take(50);
    expect(scratch.take(50).buffer).toBe(buffer);
    expect(scratch.take(3).buffer).toBe(buffer);
    expect(scratch.take(51).buffer).not.toBe(buffer);
  });
});
