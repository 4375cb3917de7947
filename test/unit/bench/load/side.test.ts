import { describe, expect, it } from 'vitest';
import { fresh, lasting, runCommand, startingAgain } from '#bench/load/side.ts';
import { withStack } from '#bench/support/with-stack.ts';

const TARGET = { name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' };

describe('an LRS that is measured', () => {
  it('has the same client as long as it stays', async () => {
    await withStack(async (stack) => {
      const side = lasting(TARGET, stack);
      expect(await side.ready()).toBe(await side.ready());
    });
  });

  it('has another client when it is started again, so that what the one before has put is forgotten', async () => {
    await withStack(async (stack) => {
      const side = fresh('none', () => Promise.resolve(TARGET), stack);
      expect(await side.ready()).not.toBe(await side.ready());
    });
  });

  it('has ended before it is started again, and in the end', async () => {
    const events: string[] = [];
    await withStack(async (stack) => {
      const start = startingAgain((own) => {
        events.push('start');
        own.defer(() => void events.push('end'));
        return Promise.resolve(TARGET);
      }, stack);
      await start();
      await start();
    });
    expect(events).toEqual(['start', 'end', 'start', 'end']);
  });
});

describe('the command that starts another LRS', () => {
  it('has ended, though what it leaves running has not', async () => {
    const before = performance.now();
    await runCommand('sleep 5 & true');
    expect(performance.now() - before).toBeLessThan(4_000);
  });

  it('has to end well', async () => {
    await expect(runCommand('exit 3')).rejects.toThrow('ended with 3: exit 3');
  });
});
