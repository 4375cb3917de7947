import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyMemory } from '#local/gateway/body-memory.ts';
import type { BodyBytes } from '#local/gateway/body-memory.ts';

const KB = 1_024;
/** From short ones to those that do not fit: of one to three bytes a character, and with halves of surrogates. */
const texts = fc
  .record({
    unit: fc.constantFrom('a', 'é', '漢', '😀', '\ud800'),
    count: fc.constantFrom(0, 1, 4_095, 4_096, 100 * KB, 170 * KB, 200 * KB, 511 * KB, 512 * KB, 600 * KB),
  })
  .map(({ unit, count }) => unit.repeat(count));

/** What is sent. */
function bufferOf({ bytes }: BodyBytes): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
}

describe('BodyMemory', () => {
  it('makes the bytes of every text, whatever its memory was used for before', () => {
    const memory = new BodyMemory();
    const property = fc.property(texts, (text) => {
      const body = memory.bytesOf(text);
      expect(bufferOf(body).equals(Buffer.from(text))).toBe(true);
      expect(body.bytes).toHaveLength(Buffer.byteLength(text));
      body.release?.();
    });
    fc.assert(property);
  });

  it('gives memory to nobody else until it is released, and then again', () => {
    const memory = new BodyMemory();
    const first = memory.bytesOf('a'.repeat(10 * KB));
    const second = memory.bytesOf('b'.repeat(10 * KB));
    expect(bufferOf(second).buffer).not.toBe(bufferOf(first).buffer);
    expect(first.bytes.toString()).toBe('a'.repeat(10 * KB));
    first.release?.();
    expect(bufferOf(memory.bytesOf('c'.repeat(10 * KB))).buffer).toBe(bufferOf(first).buffer);
    expect(second.bytes.toString()).toBe('b'.repeat(10 * KB));
  });

  it('keeps no more than some pieces', () => {
    const memory = new BodyMemory();
    const many = Array.from({ length: 40 }, () => memory.bytesOf('a'.repeat(10 * KB)));
    for (const { release } of many) release?.();
    const known = new Set(many.map((body) => bufferOf(body).buffer));
    const again = Array.from({ length: 40 }, () => memory.bytesOf('b'.repeat(10 * KB)));
    expect(again.filter((body) => known.has(bufferOf(body).buffer))).toHaveLength(16);
  });
});
