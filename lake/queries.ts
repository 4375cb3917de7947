/** A query to begin with: it is saved in Athena, and runs in DuckDB unchanged. */
export interface LakeQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** When it happened, or else when it was stored, by the clock of UTC. Athena keeps no zone, DuckDB has one of its own. */
const HAPPENED = `coalesce(s."timestamp", s.stored) AT TIME ZONE 'UTC'`;

/** Each table needs one store, by name, and days as a literal: from that Athena makes the folders that it reads. */
const FROM_HERE = `FROM statements_pseudonymous AS s`;
const WHERE_HERE = `WHERE s.store = 'default' AND s.dt >= '2026-01-01' AND NOT s.voided`;
const WITH_NAMES = `LEFT JOIN (SELECT activity_id, name FROM activities WHERE store = 'default') AS a
  ON a.activity_id = `;

/** What says that something was completed. */
const COMPLETED = `(s.completion OR s.verb_id = 'http://adlnet.gov/expapi/verbs/completed')`;

/**
 * None needs to know who learners are, so that they are for all readers of the lake. They keep to what Trino, which Athena is,
 * and DuckDB have in common; a test runs them.
 */
export const LAKE_QUERIES: readonly LakeQuery[] = [
  {
    name: 'completions by activity and week',
    description: 'How often each activity was completed in each week (from Monday, UTC), and by how many learners',
    sql: `SELECT
  s.object_id AS activity_id,
  max(a.name) AS activity,
  CAST(date_trunc('week', ${HAPPENED}) AS date) AS week,
  count(*) AS completions,
  count(DISTINCT s.actor_key) AS learners
${FROM_HERE}
${WITH_NAMES}s.object_id
${WHERE_HERE}
  AND s.object_type = 'Activity'
  AND ${COMPLETED}
GROUP BY 1, 3
ORDER BY week, completions DESC, activity_id`,
  },
  {
    name: 'score distribution',
    description: 'How many results of each activity are from each tenth of the scale on, in percent of the best score',
    sql: `SELECT
  s.object_id AS activity_id,
  max(a.name) AS activity,
  least(CAST(floor(s.score_scaled * 10) AS integer), 9) * 10 AS from_percent,
  count(*) AS results,
  count(DISTINCT s.actor_key) AS learners
${FROM_HERE}
${WITH_NAMES}s.object_id
${WHERE_HERE}
  AND s.object_type = 'Activity'
  AND s.score_scaled IS NOT NULL
GROUP BY 1, 3
ORDER BY activity_id, from_percent`,
  },
  {
    name: 'active learners per day',
    description: 'How many learners did anything on each day (UTC), and how many statements say so',
    sql: `SELECT
  CAST(${HAPPENED} AS date) AS active_on,
  count(DISTINCT s.actor_key) AS learners,
  count(*) AS statements
${FROM_HERE}
${WHERE_HERE}
  AND s.actor_type = 'Agent'
GROUP BY 1
ORDER BY active_on`,
  },
  {
    name: 'time on task',
    description:
      'Hours that learners spent on each activity. Statements of several verbs may tell of the same time, so do not add them up',
    sql: `SELECT
  s.object_id AS activity_id,
  max(a.name) AS activity,
  s.verb_id,
  count(DISTINCT s.actor_key) AS learners,
  round(sum(s.duration_seconds) / 3600, 2) AS hours,
  round(sum(s.duration_seconds) / count(DISTINCT s.actor_key) / 60, 1) AS minutes_of_a_learner
${FROM_HERE}
${WITH_NAMES}s.object_id
${WHERE_HERE}
  AND s.object_type = 'Activity'
  AND s.duration_seconds > 0
GROUP BY 1, 3
ORDER BY hours DESC, activity_id, s.verb_id`,
  },
  {
    name: 'drop-off',
    description:
      'Where in a course (an activity that others name as their grouping) those learners are who have not completed it',
    sql: `WITH course_events AS (
  SELECT c.course_id, s.actor_key, s.object_id, ${HAPPENED} AS happened, s.position
  ${FROM_HERE}
  CROSS JOIN UNNEST(s.context_grouping) AS c (course_id)
  ${WHERE_HERE}
    AND s.object_type = 'Activity'
),
last_events AS (
  SELECT
    e.course_id, e.actor_key, e.object_id,
    row_number() OVER (PARTITION BY e.course_id, e.actor_key ORDER BY e.happened DESC, e.position DESC) AS place
  FROM course_events AS e
),
completed AS (
  SELECT DISTINCT s.object_id AS course_id, s.actor_key
  ${FROM_HERE}
  ${WHERE_HERE}
    AND ${COMPLETED}
)
SELECT
  l.course_id,
  l.object_id AS activity_id,
  max(a.name) AS activity,
  count(*) AS learners_who_stopped_here
FROM last_events AS l
LEFT JOIN completed AS d ON d.course_id = l.course_id AND d.actor_key = l.actor_key
${WITH_NAMES}l.object_id
WHERE l.place = 1 AND d.actor_key IS NULL
GROUP BY 1, 2
ORDER BY l.course_id, learners_who_stopped_here DESC, activity_id`,
  },
];
