import { deflateRawSync, inflateRawSync, InflateRaw } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compression, type Conversion, decompression } from '#storage/dynamodb/statements/raw-deflate.ts';

const DICTIONARY = Buffer.from('{"actor":{"objectType":"Agent","account":{"homePage":"https://');
const OPTIONS = { dictionary: DICTIONARY, chunkSize: 256 };

/** What it gives, before the next call writes over it; or the code of its error. */
function outcome(convert: Conversion, bytes: Uint8Array): string | undefined {
  try {
    return convert(bytes).toString('base64');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : undefined;
  }
}

function byNode(packed: Uint8Array): Buffer {
  return inflateRawSync(packed, OPTIONS);
}

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 5_000, size: 'max' }),
  fc.string({ maxLength: 2_000, size: 'max' }).map((text) => Buffer.from(text.repeat(5))),
  fc.nat({ max: 300_000 }).map((length) => Buffer.alloc(length, DICTIONARY)),
);

describe('compression and decompression with streams that are used again', () => {
  it('give what the functions of Node understand, and understand what those give, call after call', () => {
    const [deflate, deflateLess, inflate] = [
      compression(OPTIONS),
      compression({ ...OPTIONS, level: 3 }),
      decompression(OPTIONS),
    ];
    const property = fc.property(anyBytes, (bytes) => {
      expect(byNode(deflate(bytes)).equals(bytes)).toBe(true);
      expect(byNode(deflateLess(bytes)).equals(bytes)).toBe(true);
      expect(inflate(deflateRawSync(bytes, OPTIONS)).equals(bytes)).toBe(true);
    });
    fc.assert(property);
  });

  it('refuse what is broken or ends too early as those do, and go on', () => {
    const inflate = decompression(OPTIONS);
    const text = Buffer.from('a text of several words, some of them several times, of several words');
    const packed = deflateRawSync(text, OPTIONS);
    const property = fc.property(fc.nat({ max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = Buffer.from(packed);
      broken[at] = (broken[at] ?? 0) ^ change;
      expect(outcome(inflate, broken)).toBe(outcome(byNode, broken));
      expect(outcome(inflate, packed.subarray(0, at))).toBe(outcome(byNode, packed.subarray(0, at)));
      expect(inflate(packed).equals(text)).toBe(true);
    });
    fc.assert(property);
  });

  it('take bytes from within others, and give nothing for nothing', () => {
    const around = Buffer.concat([Buffer.from('before'), deflateRawSync('text', OPTIONS), Buffer.from('after')]);
    const inflate = decompression(OPTIONS);
    expect(inflate(new Uint8Array(around.buffer, around.byteOffset + 6, around.length - 11)).toString()).toBe('text');
    expect(inflate(deflateRawSync('', OPTIONS)).length).toBe(0);
    expect(outcome(compression(OPTIONS), new Uint8Array())).toBe(deflateRawSync('', OPTIONS).toString('base64'));
  });
});

/** As what a stream has within. */
function canWrite(value: unknown): value is { writeSync: () => void } {
  return typeof value === 'object' && value !== null && 'writeSync' in value;
}

describe('a Node that is made in another way within', () => {
  afterEach(() => vi.restoreAllMocks());

  const packed = deflateRawSync('a text', OPTIONS);

  it('is not asked otherwise', () => {
    const reset = vi.spyOn(InflateRaw.prototype, 'reset');
    const inflate = decompression(OPTIONS);
    for (let time = 0; time < 10; time += 1) expect(inflate(packed).toString()).toBe('a text');
    expect(reset).toHaveBeenCalledTimes(12);
  });

  it('is asked by its own functions where a stream does not begin anew', () => {
    const reset = vi.spyOn(InflateRaw.prototype, 'reset').mockImplementation(() => {});
    const inflate = decompression(OPTIONS);
    expect([inflate(packed).toString(), inflate(packed).toString()]).toEqual(['a text', 'a text']);
    expect(reset).toHaveBeenCalled();
  });

  it('is asked by its own functions where a stream writes nothing, or later', () => {
    const reset = vi.spyOn(InflateRaw.prototype, 'reset').mockImplementation(function idle(this: InflateRaw) {
      for (const part of Object.values(this).filter(canWrite)) part.writeSync = () => {};
    });
    expect(decompression(OPTIONS)(packed).toString()).toBe('a text');
    expect(reset).toHaveBeenCalledTimes(1);
  });
});
