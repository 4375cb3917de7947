import { describe, expect, it } from 'vitest';
import { type Machine, untilIdle } from '#bench/support/until-idle.ts';

/** A stretch of time: milliseconds until which so many processors are busy. */
type Stretch = readonly [until: number, busy: number];

const FOREVER = Number.POSITIVE_INFINITY;

/** A machine whose clock goes on only while it is slept, and on which so much is done in each stretch. */
function machineOf(stretches: readonly Stretch[]): Machine {
  let time = 0;
  return {
    now: () => time,
    worked: () => {
      let [sum, from] = [0, 0];
      for (const [until, busy] of stretches) {
        sum += Math.max(0, Math.min(time, until) - from) * busy;
        from = until;
      }
      return sum;
    },
    sleep: (milliseconds) => Promise.resolve(void (time += milliseconds)),
  };
}

async function waitOn(stretches: readonly Stretch[]) {
  const told: string[] = [];
  const wait = await untilIdle(machineOf(stretches), (text) => void told.push(text));
  return { ...wait, told };
}

describe('the wait for an idle machine', () => {
  it('takes three seconds when it is idle at once, because some work begins later', async () => {
    expect(await waitOn([[FOREVER, 0]])).toMatchObject({ waited: 3_000, idle: true, busy: 0 });
  });

  it('ends two seconds after the work', async () => {
    const wait = await waitOn([
      [7_000, 1],
      [FOREVER, 0],
    ]);
    expect(wait).toMatchObject({ waited: 9_000, idle: true });
  });

  it('sees work that begins after two seconds', async () => {
    const wait = await waitOn([
      [2_200, 0],
      [4_000, 1],
      [FOREVER, 0],
    ]);
    expect(wait).toMatchObject({ waited: 6_000, idle: true });
  });

  it('does not end in a short idle moment between busy ones', async () => {
    const wait = await waitOn([
      [4_000, 2],
      [5_500, 0],
      [6_000, 1],
      [7_500, 0],
      [8_000, 1],
      [FOREVER, 0],
    ]);
    expect(wait).toMatchObject({ waited: 10_000, idle: true });
  });

  it('takes no notice of what LRSs and a machine do when they have nothing to do', async () => {
    expect(await waitOn([[FOREVER, 0.35]])).toMatchObject({ waited: 3_000, idle: true });
  });

  it('takes one busy processor for work, however many there are', async () => {
    const wait = await waitOn([
      [10_000, 0.5],
      [FOREVER, 0.1],
    ]);
    expect(wait).toMatchObject({ waited: 12_000, idle: true });
  });

  it('ends after a minute on a machine that is never idle, and says that it was not', async () => {
    const wait = await waitOn([[FOREVER, 1.5]]);
    expect(wait).toMatchObject({ waited: 60_000, idle: false, busy: 1.5 });
  });

  it('tells how it goes', async () => {
    const { told } = await waitOn([[FOREVER, 1.5]]);
    expect(told).toContain('waiting until the processors are idle: 1.5 of them busy after 7 s');
  });
});
