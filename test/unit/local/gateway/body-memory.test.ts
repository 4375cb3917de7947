import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyMemory } from '#local/gateway/body-memory.ts';

const KB = 1_024;
/** From short ones to those that do not fit: of one to three bytes a character, and with halves of surrogates. */
const texts = fc
  .record({
    unit: fc.constantFrom('a', 'é', '漢', '😀', '\ud800'),
    count: fc.constantFrom(0, 1, 4_095, 4_096, 100 * KB, 170 * KB, 200 * KB, 511 * KB, 512 * KB, 600 * KB),
  })
  .map(({ unit, count }) => unit.repeat(count));

describe('BodyMemory', () => {
  it('makes the bytes of every text, whatever its memory was used for before', () => {
    const memory = new BodyMemory();
    const property = fc.property(texts, (text) => {
      const { bytes, release } = memory.bytesOf(text);
      expect(bytes.equals(Buffer.from(text))).toBe(true);
      release();
    });
    fc.assert(property);
  });

  it('gives memory to nobody else until it is released, and then again', () => {
    const memory = new BodyMemory();
    const first = memory.bytesOf('a'.repeat(10 * KB));
    const second = memory.bytesOf('b'.repeat(10 * KB));
    expect(second.bytes.buffer).not.toBe(first.bytes.buffer);
    expect(first.bytes.toString()).toBe('a'.repeat(10 * KB));
    first.release();
    expect(memory.bytesOf('c'.repeat(10 * KB)).bytes.buffer).toBe(first.bytes.buffer);
    expect(second.bytes.toString()).toBe('b'.repeat(10 * KB));
  });

  it('keeps no more than some pieces', () => {
    const memory = new BodyMemory();
    const many = Array.from({ length: 40 }, () => memory.bytesOf('a'.repeat(10 * KB)));
    for (const { release } of many) release();
    const known = new Set(many.map(({ bytes }) => bytes.buffer));
    const again = Array.from({ length: 40 }, () => memory.bytesOf('b'.repeat(10 * KB)));
    expect(again.filter(({ bytes }) => known.has(bytes.buffer))).toHaveLength(16);
  });
});
