import { describe, expect, it } from 'vitest';
import { brokenPromises, isCovered, longestLag } from '#tools/smoke/index-lag.ts';
import type { Observation } from '#tools/smoke/index-lag.ts';

const WRITTEN = { id: 'a', stored: 100, acknowledged: 110 };

function anObservation(overrides: Partial<Observation> = {}): Observation {
  return { asked: 120, answered: 130, consistentThrough: 90, ids: new Set(), ...overrides };
}

describe('a promise of X-Experience-API-Consistent-Through', () => {
  it('is broken by a page without what was stored before', () => {
    const observation = anObservation({ consistentThrough: 100 });
    expect(brokenPromises([WRITTEN], [observation])).toEqual([{ written: WRITTEN, observation }]);
  });

  it.each([
    ['the page has it', { consistentThrough: 100, ids: new Set(['a']) }],
    ['the header is before it', { consistentThrough: 99 }],
    ['the page was asked for before the acknowledgement', { consistentThrough: 100, asked: 109 }],
    ['there is no header', { consistentThrough: Number.NaN }],
  ])('is kept when %s', (_, overrides) => {
    expect(brokenPromises([WRITTEN], [anObservation(overrides)])).toEqual([]);
  });
});

describe('the lag of an index', () => {
  const later = { id: 'b', stored: 200, acknowledged: 210 };

  it('is the longest from an acknowledgement to the first page with the statement', () => {
    const observations = [
      anObservation({ answered: 115, ids: new Set(['a']) }),
      anObservation({ answered: 260, ids: new Set(['a', 'b']) }),
      anObservation({ answered: 300, ids: new Set(['a', 'b']) }),
    ];
    expect(longestLag([WRITTEN, later], observations)).toBe(50);
  });

  it('is not known while one of them is on no page', () => {
    expect(longestLag([WRITTEN, later], [anObservation({ ids: new Set(['a']) })])).toBeUndefined();
  });

  it('is settled when a header reached the newest of them', () => {
    expect(isCovered([WRITTEN, later], [anObservation({ consistentThrough: 199 })])).toBe(false);
    expect(isCovered([WRITTEN, later], [anObservation({ consistentThrough: 200 })])).toBe(true);
  });
});
