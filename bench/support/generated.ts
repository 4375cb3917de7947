import { createHash } from 'node:crypto';
import type { Statement } from '#xapi/statement/statement.ts';

/* Statements as courses send them, about 1.2 KB of JSON each, the same for the same seed and index. */

const HOME_PAGE = 'https://lms.example.com';
const LEARNERS = 40;
const COURSES = 5;
const MODULES = 4;
const VERBS = ['completed', 'initialized', 'progressed', 'answered', 'passed'];
/** Statements that one learner sends in a row. */
const SESSION = 10;
/** Sessions of one attempt at a course, which has a registration of its own (xAPI 1.0.3, Data 2.4.6.1). */
const ATTEMPT = 5;
const START = Date.UTC(2026, 0, 5, 8);

/** What a statement is about; filters of queries are made of it. */
export interface Subject {
  readonly agent: { readonly account: { readonly homePage: string; readonly name: string } };
  readonly verb: string;
  readonly activity: string;
  /** Of the activity: its course. */
  readonly course: string;
  readonly registration: string;
}

export function subjectAt(seed: string, index: number): Subject {
  const session = Math.floor(index / SESSION);
  const learner = session % LEARNERS;
  const attempt = Math.floor(session / LEARNERS / ATTEMPT);
  const course = `${HOME_PAGE}/courses/${seed}-${learner % COURSES}`;
  return {
    agent: { account: { homePage: HOME_PAGE, name: `${seed}-learner-${learner}` } },
    verb: `http://adlnet.gov/expapi/verbs/${VERBS[index % VERBS.length] ?? ''}`,
    activity: `${course}/modules/${Math.floor(index / VERBS.length) % MODULES}`,
    course,
    registration: uuidOf(`${seed} registration ${learner} ${attempt}`),
  };
}

/** Statements that have one registration, however many there are. */
export const OF_REGISTRATION = SESSION * ATTEMPT;

/** Of how many statements in a row one has the same, whichever it is; of `all` the agent, the verb and the activity. */
export const ONE_OF = {
  agent: LEARNERS,
  verb: VERBS.length,
  activity: COURSES * MODULES,
  course: COURSES,
  all: LEARNERS * SESSION,
} as const;

/** How many statements there are at least of each that one of so many in a row has, of so many in all. */
export function leastOfEach(oneOf: number, count: number): number {
  return (Math.floor(count / ONE_OF.all) * ONE_OF.all) / oneOf;
}

/** Whether all statements of the registration that the one at the index has are among so many. */
export function isWholeRegistration(index: number, count: number): boolean {
  const together = OF_REGISTRATION * LEARNERS;
  return (Math.floor(index / together) + 1) * together <= count;
}

export function statementIdAt(seed: string, index: number): string {
  return uuidOf(`${seed} statement ${index}`);
}

export function statementAt(seed: string, index: number): Statement & { readonly id: string } {
  const { agent, verb, activity, course, registration } = subjectAt(seed, index);
  const raw = (index * 37) % 101;
  return {
    id: statementIdAt(seed, index),
    actor: { objectType: 'Agent', name: `Learner ${agent.account.name}`, ...agent },
    verb: { id: verb, display: { 'en-US': verb.slice(verb.lastIndexOf('/') + 1) } },
    object: {
      objectType: 'Activity',
      id: activity,
      definition: {
        type: 'http://adlnet.gov/expapi/activities/module',
        name: { 'en-US': `Module ${activity.slice(-1)}` },
        description: {
          'en-US': 'A module about safety at work and how to keep it, with exercises and a test at the end.',
        },
      },
    },
    result: {
      score: { scaled: raw / 100, raw, min: 0, max: 100 },
      success: raw >= 50,
      completion: true,
      duration: `PT${index % 60}M${(index * 7) % 60}.5S`,
    },
    context: {
      registration,
      platform: 'Example LMS',
      language: 'en-US',
      contextActivities: {
        parent: [{ id: course, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }],
        grouping: [{ id: `${HOME_PAGE}/programs/onboarding` }],
        category: [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }],
      },
      extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': uuidOf(`${seed} ${index}`) },
    },
    timestamp: new Date(START + index * 1_000).toISOString(),
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
