import { expect, it } from 'vitest';
import { startOwnLrs } from '#bench/load/own-lrs.ts';
import { withStack } from '#bench/support/with-stack.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';

it('starts this LRS with a credential that may ask for more than the default limits allow', async () => {
  const limits = await withStack(async (stack) => {
    const { url, key, secret } = await startOwnLrs(stack);
    const headers = { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
    const response = await fetch(new URL('/admin/v1/whoami', url), { headers });
    const { requestLimits }: { requestLimits: typeof DEFAULT_REQUEST_LIMITS } = JSON.parse(await response.text());
    return requestLimits;
  });
  expect(limits.perSecond).toBeGreaterThanOrEqual(50 * DEFAULT_REQUEST_LIMITS.perSecond);
  expect(limits.perDay).toBeGreaterThanOrEqual(50 * DEFAULT_REQUEST_LIMITS.perDay);
});
