import { describe, expect, it } from 'vitest';
import { readLot } from '#functions/lake-writer/read-lot.ts';
import type { StatementChange, StatementChanges } from '#storage/statement-changes.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

function changesWith(texts: readonly string[]): {
  readonly changes: StatementChange[];
  readonly source: StatementChanges;
} {
  const changes = texts.map((_, index): StatementChange => {
    const sequence = String(index);
    return {
      sequence,
      store: 'default',
      id: sequence,
      position: sequence,
      what: 'stored',
      voided: false,
      body: undefined,
      journal: undefined,
    };
  });
  return {
    changes,
    source: {
      isReal: () => Promise.resolve(true),
      textOf: ({ sequence }) => Promise.resolve(texts[Number(sequence)] ?? ''),
    },
  };
}

describe('a lot of changes', () => {
  it('ends behind the statement with which it has 8 MB', async () => {
    const text = JSON.stringify(aStatement({ result: { response: 'a'.repeat(3 * 1024 * 1024) } }));
    const { changes, source } = changesWith([text, text, text, text]);
    expect((await readLot(source, changes)).size).toBe(3);
  });

  it('ends earlier where statements name thousands of activities or people', async () => {
    const other = Array.from({ length: 3_000 }, (_, index) => anActivity(String(index)));
    const member = Array.from({ length: 3_000 }, (_, index) => anAgent(String(index)));
    const crowd: Partial<Statement> = { actor: { objectType: 'Group', member } };
    for (const wide of [{ context: { contextActivities: { other } } }, crowd]) {
      const text = JSON.stringify(aStatement(wide));
      const { changes, source } = changesWith(Array<string>(100).fill(text));
      expect((await readLot(source, changes)).size * text.length).toBeLessThan(5 * 1024 * 1024);
    }
  });
});
