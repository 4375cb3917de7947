import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** How often all garbage is collected while 600 MB of bodies come and go, with some memory in use. */
const COUNT = `
  const { PerformanceObserver, constants } = await import('node:perf_hooks');
  let full = 0;
  const observer = new PerformanceObserver((list) => {
    full += list.getEntries().filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
  });
  observer.observe({ entryTypes: ['gc'] });
  const used = Array.from({ length: 200_000 }, (_, index) => ({ index }));
  for (let count = 0; count < 3_000; count += 1) {
    Buffer.allocUnsafeSlow(200_000);
    if (count % 50 === 0) await new Promise(setImmediate);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(used.length > 0 && full);
`;

describe('countBodiesAsHeap', () => {
  it('has garbage of bodies collected less often', async () => {
    const counted = `(await import('#local/garbage-collection.ts')).countBodiesAsHeap();${COUNT}`;
    const [without, collections] = await Promise.all([collectionsOf(COUNT), collectionsOf(counted)]);
    expect(without).toBeGreaterThan(0);
    expect(collections).toBeLessThan(without / 2);
  });
});

async function collectionsOf(code: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
  return Number(stdout);
}
