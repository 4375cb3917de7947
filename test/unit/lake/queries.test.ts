import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { LAKE_QUERIES } from '#lake/queries.ts';

const COMPLETED = 'http://adlnet.gov/expapi/verbs/completed';
const TERMINATED = 'http://adlnet.gov/expapi/verbs/terminated';

/** Days, learners and activities: Ann completes the course, Ben and Cem stop in it, and what Dan did is void. Tuesday, 2026-03-03. */
const TABLES = `
CREATE TABLE statements_pseudonymous AS
  SELECT 'default' AS store, DATE '2026-03-03' AS dt, position = '6' AS voided, 'Agent' AS actor_type, 'Activity' AS object_type,
    position, actor_key, object_id, verb_id, completion, score_scaled, duration_seconds, context_grouping,
    "timestamp"::TIMESTAMPTZ AS "timestamp", TIMESTAMPTZ '2026-03-03 23:30:00+00' AS stored, false AS voided
  FROM (VALUES
    ('1', 'ann', 'lesson', '${COMPLETED}', true, 0.95, 3600, ['course'], '2026-03-03 10:00:00+00'),
    ('2', 'ann', 'course', '${COMPLETED}', NULL, NULL, NULL, NULL, '2026-03-03 11:00:00+00'),
    ('3', 'ben', 'lesson', '${COMPLETED}', NULL, 1.0, 1800, ['course', 'other'], '2026-03-01 23:59:59+00'),
    ('4', 'ben', 'quiz', '${TERMINATED}', false, -0.05, 60, ['course'], '2026-03-04 00:00:00+00'),
    ('5', 'cem', 'lesson', '${TERMINATED}', NULL, 0.3, NULL, ['course'], NULL),
    ('6', 'dan', 'quiz', '${COMPLETED}', true, 0.5, 600, ['course'], '2026-03-03 12:00:00+00')
  ) AS rows (position, actor_key, object_id, verb_id, completion, score_scaled, duration_seconds, context_grouping, "timestamp");
INSERT INTO statements_pseudonymous BY NAME
  SELECT * REPLACE ('another' AS store) FROM statements_pseudonymous
  UNION ALL BY NAME SELECT * REPLACE (DATE '2025-12-31' AS dt) FROM statements_pseudonymous
  UNION ALL BY NAME SELECT * REPLACE (true AS voided) FROM statements_pseudonymous;
CREATE TABLE activities AS FROM (VALUES
  ('default', 'lesson', 'Lesson'), ('default', 'course', 'Course'), ('another', 'quiz', 'Another')
) AS rows (store, activity_id, name);
`;

const EXPECTED: Readonly<Record<string, readonly unknown[]>> = {
  'completions by activity and week': [
    ['lesson', 'Lesson', '2026-02-23', '1', '1'],
    ['course', 'Course', '2026-03-02', '1', '1'],
    ['lesson', 'Lesson', '2026-03-02', '1', '1'],
  ],
  'score distribution': [
    ['lesson', 'Lesson', 30, '1', '1'],
    ['lesson', 'Lesson', 90, '2', '2'],
    ['quiz', null, -10, '1', '1'],
  ],
  'active learners per day': [
    ['2026-03-01', '1', '1'],
    ['2026-03-03', '2', '3'],
    ['2026-03-04', '1', '1'],
  ],
  'time on task': [
    ['lesson', 'Lesson', COMPLETED, '2', 1.5, 45],
    ['quiz', null, TERMINATED, '1', 0.02, 1],
  ],
  'drop-off': [
    ['course', 'lesson', 'Lesson', '1'],
    ['course', 'quiz', null, '1'],
    ['other', 'lesson', 'Lesson', '1'],
  ],
};

describe.each(['UTC', 'Asia/Tokyo'])('queries of the lake in DuckDB, in the time zone %s', (zone) => {
  let run: (sql: string) => Promise<readonly unknown[]>;

  beforeAll(async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`SET TimeZone = '${zone}'; ${TABLES}`);
    run = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  });

  it.each(LAKE_QUERIES)('$name', async ({ name, sql }) => {
    expect(await run(sql)).toEqual(EXPECTED[name]);
  });
});

describe.each(LAKE_QUERIES)('the query "$name"', ({ sql }) => {
  const tables = Object.values(LAKE_TABLES);

  it('asks for no table that tells who learners are', () => {
    const used = tables.filter(({ name }) => new RegExp(`(?:FROM|JOIN) ${name}\\b`, 'u').test(sql));
    expect(used.map(({ personal }) => personal)).not.toContain(true);
    expect(used.length).toBeGreaterThan(0);
  });

  it('names one store and days for each time it reads, as Athena demands', () => {
    const reads = (table: string): number => sql.split(new RegExp(`FROM ${table}\\b`, 'u')).length - 1;
    expect(sql.split(`s.store = 'default' AND s.dt >= '`)).toHaveLength(reads('statements_pseudonymous') + 1);
    expect(sql.split(`FROM activities WHERE store = 'default'`)).toHaveLength(reads('activities') + 1);
  });
});
