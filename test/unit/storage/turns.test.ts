import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '#storage/turns.ts';

describe('Turns', () => {
  it('has those who want the same wait for each other, also for one who fails', async () => {
    const turns = new Turns();
    const said: string[] = [];
    const speak = (name: string, who: string, pause: number) =>
      turns.take(name, async () => {
        said.push(`${who} begins`);
        await sleep(pause);
        said.push(`${who} ends`);
        if (who === 'one') throw new Error('failed');
        return who;
      });
    const outcomes = await Promise.allSettled([speak('a', 'one', 5), speak('a', 'two', 1), speak('a', 'three', 0)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(said).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  });

  it('lets those who want something else go on', async () => {
    const turns = new Turns();
    const blocked = Promise.withResolvers<void>();
    const first = turns.take('a', () => blocked.promise);
    expect(await turns.take('b', async () => 'done')).toBe('done');
    blocked.resolve();
    await first;
  });
});
