import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBodies, openBodies, type TextAt } from '#storage/dynamodb/statements/body-codec.ts';
import { KnownBodies } from '#storage/dynamodb/statements/known-bodies.ts';
import { memoryInUse } from '#test/support/memory-in-use.ts';

describe('known bodies', () => {
  it('are what was stored, whatever was read before, has the same sum or had to be forgotten', () => {
    const packs = fc.array(fc.array(fc.json({ stringUnit: 'grapheme' }), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    });
    const reads = fc.array(fc.nat(), { maxLength: 40 });
    const property = fc.property(
      packs,
      reads,
      fc.nat({ max: 8_000 }),
      fc.nat({ max: 3 }),
      (all, places, room, sums) => {
        const known = new KnownBodies({ room, sumOf: (bytes) => bytes.length % (sums + 1) });
        const stored = all.map(encodeBodies);
        for (const place of places) {
          const index = place % all.length;
          const texts = all[index] ?? [];
          const textAt = known.open(stored[index] ?? Buffer.of(), texts.length);
          expect(textsOf(textAt, texts.length)).toEqual(texts);
        }
      },
    );
    fc.assert(property);
  });

  it('are unpacked three times, and then no more', () => {
    const known = new KnownBodies();
    const bodies = encodeBodies(['{"a":1}', '{"ä":2}']);
    const opened = Array.from({ length: 6 }, () => known.open(Buffer.from(bodies), 2));
    expect(new Set(opened).size).toBe(3);
    expect(new Set(opened.slice(2)).size).toBe(1);
    for (const textAt of opened) expect(textsOf(textAt, 2)).toEqual(['{"a":1}', '{"ä":2}']);
  });

  it('are others once their bytes are', () => {
    const known = new KnownBodies({ sumOf: () => 0 });
    const [before, after] = [encodeBodies(['{"a":1}']), encodeBodies(['{"a":2}'])];
    for (let time = 0; time < 4; time += 1) known.open(before, 1);
    expect(known.open(after, 1)(0).text).toBe('{"a":2}');
    expect(known.open(before, 1)(0).text).toBe('{"a":1}');
  });

  it('do not change with memory that they were read from', () => {
    const known = new KnownBodies({ sumOf: () => 0 });
    const [bodies, others] = [encodeBodies(['{"a":1}']), encodeBodies(['{"a":2}'])];
    const memory = Buffer.from(bodies);
    for (let time = 0; time < 4; time += 1) known.open(memory, 1);
    others.copy(memory);
    expect(known.open(memory, 1)(0).text).toBe('{"a":2}');
  });

  it('take no more memory than they may', () => {
    const known = new KnownBodies({ room: 7_000 });
    const kept = someBodies(10).map((bodies) => [bodies, readOften(known, bodies)] as const);
    const left = kept.filter(([bodies, textAt]) => known.open(bodies, 1) === textAt);
    expect(left).toEqual(kept.slice(-3));
  });

  it.each(['x', 'ä'])('keep no memory of what is read between them, of texts with %s', (letter) => {
    const known = new KnownBodies();
    const before = memoryInUse().buffers;
    for (let number = 0; number < 500; number += 1) {
      readOften(known, encodeBodies([JSON.stringify(letter + number)]));
      // As much as Node has in one piece for what is small.
      for (let bytes = 0; bytes < Buffer.poolSize; bytes += 1_024) Buffer.allocUnsafe(1_024);
    }
    expect(memoryInUse().buffers - before).toBeLessThan(5);
    expect(known.open(encodeBodies([JSON.stringify(`${letter}0`)]), 1)(0).text).toBe(`"${letter}0"`);
  });

  it('stay where others are read once, or again and again after more than there is room for', () => {
    const known = new KnownBodies({ room: 7_000 });
    const [again = Buffer.of(), ...others] = someBodies(10);
    const kept = readOften(known, again);
    for (let time = 0; time < 5; time += 1) {
      for (const bodies of others) known.open(bodies, 1);
      expect(known.open(again, 1)).toBe(kept);
    }
  });

  it('are refused where they are broken, each time', () => {
    const known = new KnownBodies();
    const broken = encodeBodies(['{}', '[]']).subarray(0, -1);
    for (let time = 0; time < 4; time += 1) {
      expect(() => known.open(broken, 2)).toThrow(/unexpected end of file/u);
      expect(() => openBodies(broken, 2)).toThrow(/unexpected end of file/u);
    }
  });

  it('have as many texts as are asked for', () => {
    const known = new KnownBodies();
    const bodies = encodeBodies(['{}', '[]']);
    for (let time = 0; time < 4; time += 1) known.open(bodies, 2);
    expect(textsOf(known.open(bodies, 1), 1)).not.toEqual(['{}']);
  });
});

/** Each of some more than 1,000 bytes, with what it is when compressed. */
function someBodies(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, number) => encodeBodies([JSON.stringify('x'.repeat(1_000) + number)]));
}

/** @returns what is kept then */
function readOften(known: KnownBodies, bodies: Buffer): TextAt {
  known.open(bodies, 1);
  known.open(bodies, 1);
  return known.open(bodies, 1);
}

function textsOf(textAt: TextAt, count: number): string[] {
  return Array.from({ length: count }, (_, place) => textAt(place).text);
}
