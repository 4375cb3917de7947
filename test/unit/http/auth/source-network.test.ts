import { describe, expect, it } from 'vitest';
import { sourceNetwork } from '#http/auth/source-network.ts';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1'],
    ['2001:0DB8:0000:0001::', '2001:db8:0:1'],
    ['2001:db8::5', '2001:db8:0:0'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ])('%s is %s', (address, network) => {
    expect(sourceNetwork(address)).toBe(network);
  });
});
