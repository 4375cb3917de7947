import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isJobId, newJobId } from '#access/job.ts';

describe('the id of a job', () => {
  it('sorts by the time at which the job was made, and is not made twice', () => {
    const times = [0, 1, 35, 36, 1_796_000_000_000, 1_796_000_000_001];
    const ids = times.map((time) => newJobId(time, randomBytes));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every(isJobId)).toBe(true);
    expect(newJobId(7, randomBytes)).not.toBe(newJobId(7, randomBytes));
  });

  it.each(['', 'x', '0'.repeat(18), '0'.repeat(20), '../../../../../etc/p', `${'0'.repeat(18)}G`])(
    'is not %j',
    (id) => {
      expect(isJobId(id)).toBe(false);
    },
  );
});
