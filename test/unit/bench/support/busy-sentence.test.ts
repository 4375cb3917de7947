import { describe, expect, it } from 'vitest';
import { busySentence } from '#bench/support/busy-sentence.ts';

const IDLE = { waited: 3_000, idle: true, busy: 0.1 };
const BUSY = { waited: 60_000, idle: false, busy: 1.9 };

describe('what is said of a machine that was busy', () => {
  it('is nothing when it was idle each time', () => {
    expect(busySentence([{ before: 'POST one', ...IDLE }])).toBe('');
  });

  it('is how often, and before what', () => {
    const waits = [
      { before: 'POST one', ...BUSY },
      { before: 'POST one', ...BUSY },
      { before: 'GET by id', ...IDLE },
      { before: 'PUT state', ...BUSY },
    ];
    expect(busySentence(waits)).toBe(
      ' 3 of 4 times, the processors were not idle within 60 s, and it was measured all the same: POST one; PUT state.',
    );
  });
});
