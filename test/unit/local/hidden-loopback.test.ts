import { platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hiddenLoopback } from '#local/hidden-loopback.ts';

describe('the address of what asks for no credential', () => {
  it.runIf(platform() === 'linux')('is another one at each start', async () => {
    const addresses = await Promise.all([hiddenLoopback(), hiddenLoopback()]);
    for (const address of addresses) expect(address).toMatch(/^127(?:\.\d{1,3}){3}$/u);
    expect(addresses[0]).not.toBe(addresses[1]);
  });

  it('is 127.0.0.1 where the drawn one is not there', async () => {
    expect(await hiddenLoopback(() => 300)).toBe('127.0.0.1');
  });
});
