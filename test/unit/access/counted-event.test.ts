import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCounts, COUNT_NAMES, hourOf, startOfHour, summaryOf } from '#access/counted-event.ts';

const counts = fc.dictionary(fc.constantFrom(...COUNT_NAMES), fc.integer({ min: 1, max: 1_000 }));

describe('counts', () => {
  it('add up by name, whatever comes first', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const sum = addCounts(one, other);
        expect(addCounts(other, one)).toEqual(sum);
        for (const name of COUNT_NAMES) expect(sum[name] ?? 0).toBe((one[name] ?? 0) + (other[name] ?? 0));
      }),
    );
  });

  it('have no member that is 0', () => {
    expect(addCounts({}, {})).toEqual({});
  });
});

describe('the hour of an event', () => {
  it('is that of UTC, and begins where it says', () => {
    expect(hourOf(Date.parse('2026-03-01T09:59:59.999Z'))).toBe('2026-03-01T09');
    expect(startOfHour('2026-03-01T09')).toBe(Date.parse('2026-03-01T09:00:00Z'));
  });
});

describe('the summary of an hour', () => {
  it('is refused for who was not let in, and done for who was', () => {
    const refused = { store: 'a', action: 'authentication-failed', reason: 'missing', counts: { events: 2 } } as const;
    expect(summaryOf(refused, '2026-03-01T09', 5)).toEqual({
      store: 'a',
      action: 'authentication-failed',
      time: 5,
      result: 'refused',
      details: { hour: '2026-03-01T09', reason: 'missing', events: 2 },
    });
    const done = { store: 'a', action: 'tokens-issued', principal: 'key', counts: { events: 2 } } as const;
    expect(summaryOf(done, '2026-03-01T09', 5)).toMatchObject({ principal: 'key', result: 'done' });
  });
});
