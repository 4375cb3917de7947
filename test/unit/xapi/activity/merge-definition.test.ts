import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDefinition } from '#test/support/arbitrary-statements.ts';
import { mergeDefinitions } from '#xapi/activity/merge-definition.ts';
import type { ActivityDefinition } from '#xapi/statement/statement.ts';

function mergeDefinition(known: ActivityDefinition, seen: ActivityDefinition): ActivityDefinition {
  return mergeDefinitions(known, [seen]);
}

describe('merging definitions of an activity (xAPI 1.0.3, Communication 2.5)', () => {
  it('keeps all languages and extensions, the newer of each', () => {
    const merged = mergeDefinition(
      { name: { en: 'meeting', de: 'Treffen' }, extensions: { 'http://a.example': 1 }, type: 'http://example.com/a' },
      {
        name: { en: 'gathering', fr: 'réunion' },
        extensions: { 'http://b.example': 2 },
        moreInfo: 'http://example.com',
      },
    );
    expect(merged).toEqual({
      name: { en: 'gathering', de: 'Treffen', fr: 'réunion' },
      extensions: { 'http://a.example': 1, 'http://b.example': 2 },
      type: 'http://example.com/a',
      moreInfo: 'http://example.com',
    });
  });

  it('replaces the components of an interaction and keeps the languages of their descriptions', () => {
    const merged = mergeDefinition(
      { interactionType: 'choice', choices: [{ id: 'a', description: { en: 'this' } }, { id: 'b' }] },
      { interactionType: 'choice', choices: [{ id: 'c' }, { id: 'a', description: { fr: 'ceci' } }] },
    );
    expect(merged.choices).toEqual([{ id: 'c' }, { id: 'a', description: { en: 'this', fr: 'ceci' } }]);
  });

  it('keeps nothing of an interaction of another type', () => {
    expect(
      mergeDefinition(
        { name: { en: 'Q' }, interactionType: 'choice', correctResponsesPattern: ['a'], choices: [{ id: 'a' }] },
        { interactionType: 'likert', scale: [{ id: '1' }] },
      ),
    ).toEqual({ name: { en: 'Q' }, interactionType: 'likert', scale: [{ id: '1' }] });
  });

  it('gives back the very definition it knew when it learns nothing', () => {
    fc.assert(
      fc.property(arbitraryDefinition, (known) => {
        expect(mergeDefinition(known, {})).toBe(known);
        expect(mergeDefinition(known, structuredClone(known))).toBe(known);
      }),
    );
  });

  it('learns nothing the second time', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (known, seen) => {
        const merged = mergeDefinition(known, seen);
        expect(mergeDefinition(merged, seen)).toBe(merged);
      }),
    );
  });

  it('makes the same of many at once as of one after the other', () => {
    fc.assert(
      fc.property(arbitraryDefinition, fc.array(arbitraryDefinition, { maxLength: 4 }), (known, seen) => {
        expect(mergeDefinitions(known, seen)).toEqual(
          seen.reduce((before, next) => mergeDefinition(before, next), known),
        );
      }),
    );
  });

  it('keeps a member named __proto__ an ordinary one', () => {
    const extensions = JSON.parse('{"__proto__":{"polluted":true}}');
    const merged = mergeDefinition({ extensions: { 'http://a.example': 1 } }, { extensions });
    expect(Object.keys(merged.extensions ?? {})).toEqual(['http://a.example', '__proto__']);
    expect(Object.getPrototypeOf(merged.extensions)).toBe(Object.prototype);
  });

  it('merges 20,000 definitions in one pass', () => {
    const seen = Array.from({ length: 20_000 }, (_, index) => ({
      extensions: { [`http://example.com/${index}`]: index },
      interactionType: 'choice',
      choices: [{ id: 'a', description: { [`x-${index}`]: 'a' } }],
    }));
    const start = performance.now();
    const merged = mergeDefinitions({}, seen);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(Object.keys(merged.extensions ?? {})).toHaveLength(seen.length);
  });

  it('has all that was seen last', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (known, seen) => {
        expect(mergeDefinition(known, seen)).toMatchObject(seen);
      }),
    );
  });
});
