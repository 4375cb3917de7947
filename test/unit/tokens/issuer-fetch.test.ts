import { describe, expect, it } from 'vitest';
import { fetchKeySet } from '#tokens/issuer-fetch.ts';

describe('where keys of issuers are fetched from', () => {
  it.each([
    ['http://issuer.example.com/keys', 'loopback'],
    ['http://127.0.0.1.example.com/keys', 'loopback'],
    ['http://127.0.0.2/keys', 'loopback'],
    ['http://localhost/keys', 'public'],
    ['http://169.254.169.254/latest/meta-data', 'public'],
    ['ftp://issuer.example.com/keys', 'loopback'],
    ['file:///etc/passwd', 'loopback'],
    ['data:application/json,{"keys":[]}', 'loopback'],
    ['keys', 'loopback'],
  ] as const)('is not %s (%s)', async (jwksUri, hosts) => {
    const fetching = fetchKeySet({ issuer: 'https://issuer.example.com', jwksUri }, hosts);
    await expect(fetching).rejects.toThrow(/by https only/u);
  });
});
