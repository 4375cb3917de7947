import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { startAdmin } from '#test/support/admin-function.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 3_000, maxLength: 3_100 }));
const known = fc.constantFrom(
  'acme',
  'default',
  'acme-content',
  'nobody',
  '__proto__',
  'constructor',
  '..',
  '%',
  '%2F',
);
const segment = fc.oneof(
  known,
  text.map((one) => encodeURIComponent(one.toWellFormed())),
);

const path = fc
  .tuple(fc.constantFrom(...OPERATIONS.map((operation) => operation.path)), segment)
  .map(([template, value]) => template.replaceAll(/\{\w+\}/gu, () => value));

const query = fc.dictionary(
  fc.constantFrom('store', 'limit', 'after', 'order', 'other'),
  fc.oneof(
    text.map((one) => one.toWellFormed()),
    known,
    fc.constantFrom('1', '200', 'descending', ''),
  ),
  { maxKeys: 3 },
);

const headers = fc.dictionary(
  fc.constantFrom(
    'idempotency-key',
    'if-match',
    'content-encoding',
    'content-type',
    'authorization',
    'accept-encoding',
  ),
  fc.oneof(text, fc.constantFrom('"1"', '*', 'a key', 'gzip', 'application/json')),
  { maxKeys: 2 },
);

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    'acme',
    'all',
    ['all'],
    ['state', 'state'],
    'https://example.com',
    '2030-01-01T00:00:00Z',
    null,
  ),
  fc.record({ claim: text, values: fc.dictionary(text, fc.constantFrom<unknown>('acme', ['all'], 1)) }),
  fc.record({ mbox: fc.constantFrom('mailto:a@example.com', 'a'), name: text }, { requiredKeys: [] }),
);

const NAMES = [
  'id',
  'name',
  'settings',
  'key',
  'label',
  'scopes',
  'authority',
  'expires',
  'origins',
  'requestLimits',
  'disabled',
  'overlapMinutes',
  'tokenId',
  'limits',
  'minutes',
  'fetch',
  'issuer',
  'audiences',
  'jwksUri',
  'store',
  '__proto__',
];

const members = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 });

describe('no request', () => {
  it('is answered with anything but what the description tells of', async () => {
    const admin = await startAdmin();
    const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'TRACE');
    const body = fc.oneof(members, fc.json(), text);
    const requests = fc.record({ method, path, query, headers, body, as: fc.constantFrom('operator', 'acme-admin') });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method: sent, path: to, ...request }) => {
        expect((await admin.send(sent, to, request)).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});
