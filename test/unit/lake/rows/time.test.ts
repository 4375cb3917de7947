import { describe, expect, it } from 'vitest';
import { microsecondsOf, timestampMicroseconds } from '#lake/rows/time.ts';

describe('instants of the lake', () => {
  it('are microseconds since 1970', () => {
    expect(microsecondsOf(1_767_323_045_006)).toBe(1_767_323_045_006_000n);
  });

  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z', 0n],
    ['2026-01-02T03:04:05.1Z', '2026-01-02T03:04:05.1Z', 0n],
    ['2026-01-02T03:04:05.1234Z', '2026-01-02T03:04:05.123Z', 400n],
    ['2026-01-02T03:04:05.123456Z', '2026-01-02T03:04:05.123Z', 456n],
    ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05.123Z', 456n],
    ['2026-01-02T03:04:05.000001Z', '2026-01-02T03:04:05Z', 1n],
    ['2026-01-02T03:04:05,123456+05:30', '2026-01-01T21:34:05.123Z', 456n],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999Z', 999n],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z', 0n],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999Z', 999n],
    ['20260102T030405.5Z', '2026-01-02T03:04:05.500Z', 0n],
    ['2026-01-02', '2026-01-02T00:00:00Z', 0n],
  ])('are read of %s', (text, milliseconds, finer) => {
    expect(timestampMicroseconds(text)).toBe(microsecondsOf(Date.parse(milliseconds)) + finer);
  });

  it.each([undefined, '', 'yesterday', '2026-02-30T00:00:00Z', '2026-01-02T03:04:05-00:00'])(
    'are null of %s',
    (text) => {
      expect(timestampMicroseconds(text)).toBeNull();
    },
  );
});
