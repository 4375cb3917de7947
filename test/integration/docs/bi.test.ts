import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LAKE_QUERIES } from '#lake/queries.ts';
import { type Duck, openDuck } from '#test/support/duck.ts';
import { type RunningLrs, startLrs } from '#test/support/lrs.ts';
import { readPage, tableRows } from '#test/support/markdown.ts';

/* What docs/bi.md says, done by the letter: commands in a shell, SQL in DuckDB, on the data of a whole LRS. */

const PAGE = readPage('docs/bi.md');
const PATIENCE = { timeout: 20_000, interval: 200 };

interface Block {
  readonly text: string;
  /** The table below it, which is the answer; empty when there is none. */
  readonly answer: readonly (readonly string[])[];
}

function blocksOf(fence: string): readonly Block[] {
  const blocks = PAGE.matchAll(new RegExp(`^( *)\`\`\`${fence}\n(.*?)^ *\`\`\`\n(?:\n((?: *\\|[^\n]*\n)+))?`, 'gmsu'));
  return Array.from(blocks, ([, indent = '', text = '', table = '']) => ({
    text,
    answer: tableRows(table.replaceAll(new RegExp(`^${indent}`, 'gmu'), '')),
  }));
}

let lrs: RunningLrs;
let duck: Duck;

/** Runs the script anew, as one does who wants to see what has come. */
async function look(sql: string): Promise<readonly (readonly unknown[])[]> {
  await duck.query(await readFile(join(lrs.dataFolder, 'lake.sql'), 'utf8'));
  const rows = await duck.query(sql.replaceAll('.lrs/', `${lrs.dataFolder}/`));
  return rows.map((row) => Object.values(row).map(shown));
}

function shown(cell: unknown): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

beforeAll(async () => {
  lrs = await startLrs();
  duck = await openDuck();
  // Before there are any files.
  await look('SELECT count(*) FROM statements');
  for (const { text } of blocksOf('sh run')) {
    const command = text
      .replace('KEY:SECRET', `${lrs.key}:${lrs.secret}`)
      .replace('http://127.0.0.1:8080/xapi', lrs.url);
    await promisify(execFile)('sh', ['-c', command.replace('curl ', 'curl --silent --fail ')]);
  }
  await vi.waitUntil(async () => (await look('SELECT position FROM statements')).length === 3, PATIENCE);
}, 40_000);

afterAll(async () => {
  duck.close();
  await lrs.stop();
});

describe('docs/bi.md', () => {
  it.each(blocksOf('sql duckdb'))('has SQL that runs: $text', async ({ text }) => {
    expect((await look(text)).length).toBeGreaterThan(0);
  });

  it.each(blocksOf('sql duckdb').filter(({ answer }) => answer.length > 0))(
    'has the answer to: $text',
    async ({ text, answer }) => {
      expect(await look(text)).toEqual(answer);
    },
  );

  it.each(LAKE_QUERIES)('and the saved query "$name" runs there as it is', async ({ sql }) => {
    expect((await look(sql)).length).toBeGreaterThan(0);
  });
});

describe('lake.sql', () => {
  it.each(['statements', 'statements_pseudonymous', 'activities', 'actors', 'verbs'])(
    'makes the table %s, by store as a text',
    async (table) => {
      const columns = await look(`SELECT column_name, column_type FROM (DESCRIBE ${table})`);
      expect(Object.fromEntries(columns)).toMatchObject({ store: 'VARCHAR' });
    },
  );

  it('shows what has become of the lake when it is run again', async () => {
    const [voided] = await look(`SELECT statement_id FROM statements WHERE object_id LIKE '%/test'`);
    const response = await fetch(`${lrs.url}/statements`, {
      method: 'POST',
      headers: {
        authorization: lrs.authorization,
        'x-experience-api-version': '2.0.0',
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        actor: { mbox: 'mailto:admin@example.com' },
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: voided?.[0] },
      }),
    });
    expect(response.status).toBe(200);
    const left = `SELECT count(*) FILTER (object_type = 'Activity'), count(*) FROM statements WHERE NOT voided`;
    await vi.waitFor(async () => expect(await look(left)).toEqual([['2', '3']]), PATIENCE);
    // The compaction that takes it out takes in what statements say of activities.
    const names = 'SELECT name FROM activities WHERE name IS NOT NULL ORDER BY name';
    await vi.waitFor(async () => expect(await look(names)).toEqual([['Lesson 1'], ['Test']]), PATIENCE);
  }, 45_000);
});
