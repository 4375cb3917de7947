import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentKey } from '#storage/document-store.ts';
import { documentItemKey, partitionOf, sortPrefixOf } from '#storage/dynamodb/document-item.ts';

const REGISTRATIONS = ['0f0ab2b5-7f5e-4a6f-8a9b-0a3a4cdb91b4', 'ffffffff-7f5e-4a6f-8a9b-0a3a4cdb91b4'] as const;

/** Few letters, so that equal and nearly equal keys are common. */
const anyId = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '|', '%', '-', '7c', '\u0000', '\uD800'), maxLength: 4 }),
  fc.constant('x'.repeat(3_000)),
);

const anyKey: fc.Arbitrary<DocumentKey> = fc.record(
  {
    store: fc.constantFrom('default', 'other'),
    resource: fc.constantFrom('state', 'agent-profile', 'activity-profile'),
    owner: fc.array(anyId, { minLength: 1, maxLength: 2 }),
    registration: fc.constantFrom(...REGISTRATIONS),
    id: anyId,
  },
  { requiredKeys: ['store', 'resource', 'owner', 'id'] },
);

describe('the key of a document’s item', () => {
  it('is the same for the same document alone', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        // Some are made without a prototype, which tells nothing of a document.
        const same = isDeepStrictEqual({ ...one }, { ...other });
        expect(isDeepStrictEqual(documentItemKey(one), documentItemKey(other))).toBe(same);
      }),
    );
  });

  it('fits DynamoDB’s limits: 1 to 2,048 and 1 to 1,024 bytes', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const { pk, sk } = documentItemKey(key);
        expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2_048);
        expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1_024);
        expect(pk.length * sk.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is in the partition of its scope, and behind the prefix of its own registration alone', () => {
    fc.assert(
      fc.property(anyKey, fc.constantFrom(...REGISTRATIONS), (key, registration) => {
        const { pk, sk } = documentItemKey(key);
        const scope = { ...key, registration };
        expect(pk).toBe(partitionOf(scope));
        expect(sk.startsWith(sortPrefixOf(scope) ?? 'none')).toBe(key.registration === registration);
      }),
    );
  });
});
