import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '#bench/support/garbage.ts';

describe('garbage', () => {
  it('is collected at once', async () => {
    const kept = { answer: 'kept' };
    const references = [new WeakRef(kept), new WeakRef({ answer: 'not kept' })];
    // Until its turn ends, what a reference was made for stays.
    await nextTurn();
    collectGarbage();
    expect(references.map((reference) => reference.deref())).toEqual([kept, undefined]);
  });
});
