import { describe, expect, it } from 'vitest';
import { PositionSource } from '#storage/position.ts';
import { BoundedHorizon, InProcessHorizon } from '#storage/write-horizon.ts';

const NOW = Date.UTC(2026, 0, 2);

function aClock() {
  let time = NOW;
  return {
    now: () => time,
    forward: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

function inProcess() {
  const clock = aClock();
  return { clock, horizon: new InProcessHorizon(new PositionSource(clock.now, 1), clock.now) };
}

describe('InProcessHorizon', () => {
  it('is now when nothing is being written', () => {
    expect(inProcess().horizon.consistentThrough()).toBe(NOW);
  });

  it('stores nothing any more up to what it has promised', () => {
    const { horizon } = inProcess();
    expect(horizon.consistentThrough()).toBe(NOW);
    expect(horizon.begin(1).block.stored).toBe(NOW + 1);
  });

  it('ends before the oldest write in flight, whichever ends first', () => {
    const { clock, horizon } = inProcess();
    const oldest = horizon.begin(1);
    clock.forward(10);
    const newer = horizon.begin(1);
    clock.forward(10);
    expect(horizon.consistentThrough()).toBe(NOW - 1);
    newer.end();
    expect(horizon.consistentThrough()).toBe(NOW - 1);
    oldest.end();
    expect(horizon.consistentThrough()).toBe(NOW + 20);
  });

  it('keeps its promise when the clock goes back', () => {
    const { clock, horizon } = inProcess();
    expect(horizon.consistentThrough()).toBe(NOW);
    clock.forward(-1_000);
    expect(horizon.begin(1).block.stored).toBeGreaterThan(NOW);
  });

  it('lets a write commit as long as it is in flight here, whatever its deadline', () => {
    const { clock, horizon } = inProcess();
    const flight = horizon.begin(2);
    const [, position = ''] = flight.block.positions;
    clock.forward(60_000);
    expect(horizon.mayCommit(position)).toBe(true);
    flight.end();
    expect(horizon.mayCommit(position)).toBe(false);
  });

  it('lets no write commit that another process has begun', () => {
    const { clock, horizon } = inProcess();
    const [position = ''] = new PositionSource(clock.now, 2).take(1).positions;
    expect(horizon.mayCommit(position)).toBe(false);
  });

  it('takes the same end twice, the first of which counts', () => {
    const { horizon } = inProcess();
    const [flight, other] = [horizon.begin(1), horizon.begin(1)];
    flight.end();
    flight.end(NOW + 1_000);
    expect(horizon.consistentThrough()).toBe(NOW - 1);
    other.end();
    expect(horizon.consistentThrough()).toBe(NOW);
  });

  it('ends before a write that may still be carried out, until it may not', () => {
    const { clock, horizon } = inProcess();
    const doubtful = horizon.begin(1);
    clock.forward(10);
    const later = horizon.begin(1);
    doubtful.end(NOW + 1_000);
    doubtful.end();
    later.end(NOW + 1_010);
    clock.forward(990);
    expect(horizon.consistentThrough()).toBe(NOW - 1);
    clock.forward(1);
    expect(horizon.consistentThrough()).toBe(NOW + 9);
    clock.forward(10);
    expect(horizon.consistentThrough()).toBe(NOW + 1_011);
  });

  it('holds a millisecond in doubt until all of it is decided, whichever write ends first', () => {
    const { clock, horizon } = inProcess();
    const [first, second, third] = [horizon.begin(1), horizon.begin(1), horizon.begin(1)];
    first.end(NOW + 1_000);
    second.end(NOW + 500);
    third.end();
    clock.forward(1_000);
    expect(horizon.consistentThrough()).toBe(NOW - 1);
    clock.forward(1);
    expect(horizon.consistentThrough()).toBe(NOW + 1_001);
  });

  it('waits for no journal of a write that has ended in doubt: who meets it aborts it', () => {
    const { horizon } = inProcess();
    const flight = horizon.begin(1);
    const [position = ''] = flight.block.positions;
    flight.end(NOW + 1_000);
    expect(horizon.mayCommit(position)).toBe(false);
  });

  it('waits for no journal of a write that has ended, though another of its millisecond has not', () => {
    const { horizon } = inProcess();
    const [ended, other] = [horizon.begin(2), horizon.begin(2)];
    ended.end(NOW + 1_000);
    const mayCommit = (position: string): boolean => horizon.mayCommit(position);
    expect([...ended.block.positions, ...other.block.positions].map(mayCommit)).toEqual([false, false, true, true]);
  });

  it('knows which writes may still commit: those it began and has not ended', () => {
    const { clock, horizon } = inProcess();
    const [ofAnotherProcess = ''] = new PositionSource(clock.now, 2).take(1).positions;
    const flight = horizon.begin(3);
    const [, position = ''] = flight.block.positions;
    expect([horizon.mayCommit(position), horizon.mayCommit(ofAnotherProcess)]).toEqual([true, false]);
    flight.end();
    expect(horizon.mayCommit(position)).toBe(false);
  });
});

describe('BoundedHorizon', () => {
  it('is the clock less the bound, whatever this process is writing', () => {
    const clock = aClock();
    const horizon = new BoundedHorizon(new PositionSource(clock.now, 1), clock.now, 500);
    const flight = horizon.begin(2);
    expect(flight.block).toMatchObject({ stored: NOW, positions: [expect.any(String), expect.any(String)] });
    clock.forward(100);
    expect(horizon.consistentThrough()).toBe(NOW - 400);
    flight.end();
    expect(horizon.consistentThrough()).toBe(NOW - 400);
  });

  it('lets any write commit until a second after its deadline', () => {
    const clock = aClock();
    const horizon = new BoundedHorizon(new PositionSource(clock.now, 1), clock.now, 500);
    clock.forward(1_000);
    expect(horizon.mayCommit('of any process', NOW)).toBe(true);
    clock.forward(1);
    expect(horizon.mayCommit('of any process', NOW)).toBe(false);
  });

  it('lets a write commit until its deadline, and a second longer because clocks differ', () => {
    const clock = aClock();
    const horizon = new BoundedHorizon(new PositionSource(clock.now, 1), clock.now, 500);
    expect(horizon.mayCommit('', NOW - 1_000)).toBe(true);
    expect(horizon.mayCommit('', NOW - 1_001)).toBe(false);
  });
});
