import { describe, expect, it } from 'vitest';
import { readExpiry } from '#cli/options/expiry.ts';

const NOW = Date.parse('2026-11-22T09:00:00Z');

describe('an expiry', () => {
  it.each([
    ['1d', '2026-11-23T09:00:00.000Z'],
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T12:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00:00.5+02:00', '2027-01-31T10:00:00.500Z'],
  ])('is a duration from now or a date: %s', (text, expected) => {
    expect(new Date(readExpiry('--expires', text, NOW)).toISOString()).toBe(expected);
  });

  it.each(['tomorrow', '2027-13-01', '2027-02-30', '2027-02-29T12:00Z', '2027-01-31T12:00:00', '31.1.2027', ''])(
    'is not %j',
    (text) => {
      expect(() => readExpiry('--expires', text, NOW)).toThrow(/it has to be .* or a date/u);
    },
  );

  it('is not in the past', () => {
    expect(() => readExpiry('--expires', '2026-11-22', NOW)).toThrow('which is in the past');
  });
});
