import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent, Statement } from '#xapi/statement/statement.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

export type SentStatement = Statement & { readonly id: string };

/** Filters by the names they have in the specification. */
export interface Filter {
  readonly agent?: Agent;
  readonly verb?: string;
  readonly activity?: string;
  readonly registration?: string;
  readonly related_agents?: boolean;
  readonly related_activities?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly ascending?: boolean;
}

/** Statements that only a filter of their own tells apart, with names that no other test has. */
export interface Scenario {
  readonly ann: Agent;
  readonly attended: string;
  readonly passed: string;
  readonly meeting: string;
  readonly course: string;
  readonly registration: string;
  /** A moment between the first three statements and the others, ISO 8601. */
  readonly halfway: string;
  readonly statements: Readonly<Record<StatementName, SentStatement>>;
}

type StatementName = 'byAnn' | 'passing' | 'elsewhere' | 'registered' | 'taughtByAnn' | 'inCourse';

type Case = readonly [name: string, filter: (scenario: Scenario) => Filter, found: readonly StatementName[]];

/** Every filter there is, and what it finds: the newest first, unless it says otherwise. */
export const FILTERS: readonly Case[] = [
  ['agent', ({ ann }) => ({ agent: ann }), ['byAnn']],
  ['agent and related_agents', ({ ann }) => ({ agent: ann, related_agents: true }), ['taughtByAnn', 'byAnn']],
  ['verb', ({ passed }) => ({ verb: passed }), ['passing']],
  ['activity', ({ meeting }) => ({ activity: meeting }), ['passing', 'byAnn']],
  ['activity, not as a parent', ({ course }) => ({ activity: course }), []],
  ['related_activities', ({ course }) => ({ activity: course, related_activities: true }), ['inCourse']],
  ['registration', ({ registration }) => ({ registration }), ['registered']],
  ['since', ({ attended, halfway }) => ({ verb: attended, since: halfway }), ['inCourse', 'taughtByAnn', 'registered']],
  ['until', ({ attended, halfway }) => ({ verb: attended, until: halfway }), ['elsewhere', 'byAnn']],
  [
    'ascending',
    ({ attended }) => ({ verb: attended, ascending: true }),
    ['byAnn', 'elsewhere', 'registered', 'taughtByAnn', 'inCourse'],
  ],
  [
    'agent, verb and activity',
    ({ ann, attended, meeting }) => ({ agent: ann, verb: attended, activity: meeting }),
    ['byAnn'],
  ],
];

/** Sends six statements in two arrays, each array by one call of `send`. */
export async function sendScenario(send: (statements: SentStatement[]) => Promise<unknown>): Promise<Scenario> {
  const tag = randomUUID().slice(0, 8);
  const ann = anAgent(`ann-${tag}`);
  const bob = anAgent(`bob-${tag}`);
  const attended = `http://example.com/verbs/attended-${tag}`;
  const passed = `http://example.com/verbs/passed-${tag}`;
  const meeting = anActivity(`meeting-${tag}`, { name: { 'en-US': 'Meeting', 'de-DE': 'Besprechung' } });
  const lecture = anActivity(`lecture-${tag}`);
  const course = anActivity(`course-${tag}`);
  const registration = randomUUID();
  const byBob = { actor: bob, verb: { id: attended }, object: lecture };
  const statements = {
    byAnn: sent({ actor: ann, verb: { id: attended }, object: meeting }),
    passing: sent({ actor: bob, verb: { id: passed }, object: meeting }),
    elsewhere: sent(byBob),
    registered: sent({ ...byBob, context: { registration } }),
    taughtByAnn: sent({ ...byBob, context: { instructor: ann } }),
    inCourse: sent({ ...byBob, context: { contextActivities: { parent: [course] } } }),
  };
  const { byAnn, passing, elsewhere, registered, taughtByAnn, inCourse } = statements;
  await send([byAnn, passing, elsewhere]);
  const halfway = await quietMoment();
  await send([registered, taughtByAnn, inCourse]);
  return { ann, attended, passed, meeting: meeting.id, course: course.id, registration, halfway, statements };
}

/** The ids of the statements with these names. */
export function idsOf({ statements }: Scenario, names: readonly StatementName[]): readonly string[] {
  return names.map((name) => statements[name].id);
}

export function sent(overrides: Partial<Statement>): SentStatement {
  return { ...aStatement(overrides), id: randomUUID() };
}

async function quietMoment(): Promise<string> {
  await sleep(20);
  const moment = new Date().toISOString();
  await sleep(20);
  return moment;
}
