import { expect, it } from 'vitest';
import { knownPartitions } from '#functions/known-partitions.ts';

it('is shared by all functions of a process that is the only writer, and known to no other', () => {
  const known = knownPartitions({ LRS_CONSISTENCY: 'in-process' });
  expect(known).toBeDefined();
  expect(knownPartitions({ LRS_CONSISTENCY: 'in-process' })).toBe(known);
  expect(knownPartitions({ LRS_CONSISTENCY: 'bounded' })).toBeUndefined();
});
