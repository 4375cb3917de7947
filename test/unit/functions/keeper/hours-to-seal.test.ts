import { describe, expect, it } from 'vitest';
import { hoursToSeal } from '#functions/keeper/hours-to-seal.ts';

describe('the hours that are sealed', () => {
  it('are those of seven days, the oldest first, that are over for five minutes', () => {
    const hours = hoursToSeal(Date.parse('2026-03-08T10:05:00Z'));
    expect(hours).toHaveLength(168);
    expect([hours[0], hours.at(-1)]).toEqual(['2026-03-01T10', '2026-03-08T09']);
  });

  it('wait for those who count late', () => {
    expect(hoursToSeal(Date.parse('2026-03-08T10:04:59Z')).at(-1)).toBe('2026-03-08T08');
  });
});
