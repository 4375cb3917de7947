import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodeBodies, encodeBody, openBodies } from '#storage/dynamodb/statements/body-codec.ts';
import { DICTIONARY_1 } from '#storage/dynamodb/statements/body-dictionary.ts';
import { aStatement } from '#test/support/statements.ts';

describe('bodies', () => {
  it('give back every JSON text', () => {
    const property = fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(decodeBody(encodeBody(text))).toEqual({ text, bytes: Buffer.byteLength(text) });
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('give back lone surrogates, which JSON text holds as escapes', () => {
    const text = JSON.stringify({ response: '\ud800 \udc00 \u0000 😀' });
    expect(decodeBody(encodeBody(text)).text).toBe(text);
  });

  it('give back megabytes', () => {
    const text = JSON.stringify('0123456789'.repeat(500_000));
    expect(decodeBody(encodeBody(text)).text === text).toBe(true);
  });

  it('are small for typical statements', () => {
    const text = JSON.stringify(aStatement({ verb: { id: 'http://adlnet.gov/expapi/verbs/completed' } }));
    expect(encodeBody(text).length).toBeLessThan(text.length * 0.6);
  });

  it('say which format they have, and refuse an unknown one', () => {
    expect(encodeBody('{}')[0]).toBe(1);
    expect(() => decodeBody(Buffer.of(9, 1, 2))).toThrow(/unknown format 9/u);
  });

  it('are read with the dictionary they were written with, which never changes', () => {
    const digest = createHash('sha256').update(DICTIONARY_1).digest('hex');
    expect(digest).toBe('be4a6e8867fbf6e5f5d3d977326d3afb5abd9e807af1a18832c13c9788f91c75');
    const written = Buffer.from(encodeBody('{"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"}}'));
    expect(decodeBody(written).text).toBe('{"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"}}');
  });
});

describe('bodies that are stored together', () => {
  const anyText = fc.oneof(fc.json({ stringUnit: 'binary' }), fc.json({ stringUnit: 'grapheme' }), fc.constant(''));

  it('give back every text, in order', () => {
    const texts = fc.array(anyText, { maxLength: 50, size: 'max' });
    const property = fc.property(texts, (all) => {
      const readAt = openBodies(encodeBodies(all), all.length);
      expect(all.map((_, place) => readAt(place))).toEqual(
        all.map((text) => ({ text, bytes: Buffer.byteLength(text) })),
      );
    });
    fc.assert(property);
  });

  it('give back megabytes, also from within a larger buffer', () => {
    const texts = [JSON.stringify('0123456789é'.repeat(500_000)), '', '[]'];
    const bytes = encodeBodies(texts);
    const around = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
    const within = new Uint8Array(around.buffer, around.byteOffset + 6, bytes.length);
    const readAt = openBodies(within, texts.length);
    expect(texts.map((text, place) => text === readAt(place).text)).toEqual([true, true, true]);
  });

  it('are smaller than each on its own, as they have much in common', () => {
    const texts = Array.from({ length: 50 }, (_, number) =>
      JSON.stringify(aStatement({ result: { score: { raw: number } } })),
    );
    const alone = texts.reduce((sum, text) => sum + encodeBody(text).length, 0);
    expect(encodeBodies(texts).length).toBeLessThan(alone / 4);
  });

  it('say which format they have, and refuse an unknown one', () => {
    const bytes = encodeBodies(['{}']);
    expect(bytes[0]).toBe(1);
    const unknown = Buffer.concat([Buffer.of(9), bytes.subarray(1)]);
    expect(() => openBodies(unknown, 1)).toThrow(/unknown format 9/u);
    expect(() => openBodies(Buffer.of(9, 1, 2), 1)).toThrow(/unknown format 9/u);
  });

  it('are refused where they are not as long as they were', () => {
    const bytes = encodeBodies(['{}', '[]']);
    bytes.writeUInt32BE(bytes.readUInt32BE(1) + 1, 1);
    expect(() => openBodies(bytes, 2)).toThrow(/bodies of 10 bytes where 11 were written/u);
    expect(() => openBodies(bytes.subarray(0, -1), 2)).toThrow(/unexpected end of file/u);
  });
});
