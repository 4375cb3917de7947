import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/lake-writer/handler.ts';
import { createLogger } from '#runtime/logger.ts';
import { PositionSource } from '#storage/position.ts';
import type { StatementChange } from '#storage/statement-changes.ts';

const DAY = 86_400_000;

function gone(day: number): StatementChange {
  const [position = ''] = new PositionSource(() => Date.UTC(2030, 0, 1) + day * DAY, 1).take(1).positions;
  const change = { sequence: String(day), store: 'default', id: String(day), position, what: 'gone' } as const;
  return { ...change, voided: true, body: undefined, journal: undefined };
}

/** @returns what the compactor is called with when a batch has these changes */
async function callsFor(changes: readonly StatementChange[]): Promise<readonly object[]> {
  const calls: object[] = [];
  const handler = createHandler<StatementChange>({
    logger: createLogger('error', () => {}, Date.now),
    readRecord: (record) => record,
    changes: { isReal: () => Promise.resolve(true), textOf: () => Promise.reject(new Error('Nothing was stored.')) },
    writer: { add: () => Promise.resolve(0) },
    marks: { add: () => Promise.resolve() },
    compactor: { call: (event) => Promise.resolve(void calls.push(event)) },
    now: Date.now,
  });
  await handler({ Records: changes }, { getRemainingTimeInMillis: () => 300_000 });
  return calls;
}

describe('what is voided', () => {
  it('has its days compacted, each once', async () => {
    expect(await callsFor([gone(0), gone(1), gone(0)])).toEqual([
      { store: 'default', day: '2030-01-01' },
      { store: 'default', day: '2030-01-02' },
    ]);
  });

  it('has all that is marked compacted when it is spread over many days', async () => {
    expect(await callsFor(Array.from({ length: 300 }, (_, day) => gone(day)))).toEqual([{}]);
  });
});
