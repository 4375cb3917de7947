import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDocument, type DocumentContent } from '#xapi/document/merge-document.ts';

const json = (text: string, contentType = 'application/json'): DocumentContent => ({
  contentType,
  content: Buffer.from(text),
});

const refused = expect.objectContaining({ code: 'document-invalid' });

const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));

function merged(stored: DocumentContent, sent: DocumentContent): unknown {
  return JSON.parse(Buffer.from(mergeDocument(stored, sent).content).toString());
}

describe('merging documents (xAPI 1.0.3, Communication 2.2)', () => {
  it('replaces members as a whole and keeps the others', () => {
    expect(merged(json('{"x":{"a":1},"y":"bar"}'), json('{"x":{"b":2},"z":"faz"}'))).toEqual({
      x: { b: 2 },
      y: 'bar',
      z: 'faz',
    });
  });

  it('is application/json with parameters too', () => {
    expect(merged(json('{"a":1}', 'Application/JSON; charset=utf-8'), json('{}'))).toEqual({ a: 1 });
  });

  it('changes no number on the way', () => {
    const { content } = mergeDocument(json('{"n":12345678901234567890.1}'), json('{"m":1}'));
    expect(Buffer.from(content).toString()).toBe('{"n":12345678901234567890.1,"m":1}');
  });

  it('has every member that was sent and every other one that was stored', () => {
    fc.assert(
      fc.property(objects, objects, (stored, sent) => {
        const result = new Map(
          Object.entries(Object(merged(json(JSON.stringify(stored)), json(JSON.stringify(sent))))),
        );
        expect(result).toEqual(
          new Map(JSON.parse(JSON.stringify([...Object.entries(stored), ...Object.entries(sent)]))),
        );
      }),
    );
  });

  it('stores what is not there yet as it was sent', () => {
    const sent = json('plain', 'text/plain');
    expect(mergeDocument(undefined, sent)).toBe(sent);
  });

  it.each([
    ['sent text', json('{}'), json('{}', 'text/plain')],
    ['stored text', json('{}', 'text/plain'), json('{}')],
    ['a sent array', json('{}'), json('[]')],
    ['a stored array', json('[]'), json('{}')],
    ['sent JSON that is cut short', json('{}'), json('{"a":')],
    ['bytes that are not UTF-8', json('{}'), { contentType: 'application/json', content: Uint8Array.of(0xff) }],
    ['a new document that is said to be JSON', undefined, json('no JSON')],
  ])('refuses %s', (_, stored, sent) => {
    expect(() => mergeDocument(stored, sent)).toThrow(refused);
  });
});
