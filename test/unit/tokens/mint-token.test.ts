import { describe, expect, it } from 'vitest';
import { aCredential } from '#test/support/credentials.ts';
import { basic } from '#test/support/gateway-events.ts';
import { LONGEST_TOKEN } from '#tokens/jwt.ts';
import { type MintedToken, mintToken } from '#tokens/mint-token.ts';

const HEADERS_OF_API_GATEWAY = 10_240;

function minted(length: number): Promise<MintedToken> {
  const signer = { sign: () => Promise.resolve('x'.repeat(length)) };
  const limits = { activity: 'https://example.com/course' };
  const deps = { signer, now: () => 0, newId: () => 'token-1' };
  return mintToken(deps, aCredential(), { scopes: ['state'], minutes: 60, limits });
}

describe('mintToken', () => {
  it('makes tokens that fit the headers of a request, behind Basic as well', async () => {
    const { token } = await minted(LONGEST_TOKEN);
    expect(basic('token', token).length).toBeLessThan(0.85 * HEADERS_OF_API_GATEWAY);
  });

  it('refuses to make one that could not be used, and says why', async () => {
    await expect(minted(LONGEST_TOKEN + 1)).rejects.toMatchObject({
      code: 'body-invalid',
      problem: {
        path: '$.limits',
        expected: expect.stringContaining('6144'),
        received: expect.stringContaining('6145'),
      },
    });
  });
});
