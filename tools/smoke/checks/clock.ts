import type { Check } from '../check.ts';

/** Milliseconds; the header has whole seconds. */
const TOLERANCE = 60_000;

export const clock: Check = {
  name: 'clock',
  proves: 'The clocks of the endpoint and of this machine agree, so that what is measured here means something.',
  run: async ({ send, verify, note }) => {
    const { headers, milliseconds } = await send({ path: '/about' });
    const difference = Date.parse(headers['date'] ?? '') - (Date.now() - milliseconds / 2);
    const ahead = `${(Math.abs(difference) / 1_000).toFixed(1)} s ${difference < 0 ? 'behind' : 'ahead of'}`;
    note(`the endpoint is ${ahead} this machine`);
    verify(Math.abs(difference) <= TOLERANCE, {
      expected: `a header Date within ${TOLERANCE / 1_000} s of ${new Date().toUTCString()}`,
      received: headers['date'] ?? 'no header Date',
      meaning: 'Timestamps that clients set and the LRS’s stored do not fit; since and until miss statements.',
      advice: 'The clocks of AWS are right: set the clock of this machine, or find what changes Date on the way.',
    });
  },
};
