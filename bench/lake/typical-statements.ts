import { namedUuid, type Random } from '#bench/lake/random.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const LMS = 'https://lms.example.com';
const CMI5 = 'https://w3id.org/xapi/cmi5/context';
const ADL = 'http://adlnet.gov/expapi';

const COURSES = 120;
const UNITS = 9;
const LEARNERS = 4_000;
/** Of all statements, those with an answer in the learner's own words. */
const FREE_TEXTS = 0.08;

const FIRST_NAMES = [
  'Amal',
  'Björn',
  'Chloé',
  'Dmitri',
  'Eun-ji',
  'Fatima',
  'Giulia',
  'Hana',
  'Ibrahim',
  'José',
  'Kwame',
];
const LAST_NAMES = [
  'Okafor',
  'Müller',
  'Santos',
  'Nguyễn',
  'Smith',
  'Ivanova',
  'Haddad',
  'Tanaka',
  'Kowalski',
  'O’Brien',
];
const TOPICS = [
  'Fire safety',
  'Data protection',
  'First aid',
  'Negotiation',
  'Spreadsheets',
  'Machine guarding',
  'Hygiene',
];
const WORDS =
  'the a we first then because customer machine always never check before after report risk team help stop answer think would rule data door person time again sure ask leader safe open'.split(
    ' ',
  );

/** What a course sends, the most frequent first. */
const VERBS = ['experienced', 'answered', 'initialized', 'terminated', 'progressed', 'completed', 'passed', 'failed'];

/**
 * Statements of about 1.3 KB as an LMS with cmi5 content has them stored: courses of some units, learners who are at them,
 * one registration for each learner and course, one session after the other. Deterministic for the same random source.
 */
export class TypicalStatements {
  readonly #random: Random;
  readonly #sessions = new Map<string, string>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param stored milliseconds since 1970 */
  make(stored: number): Statement {
    const random = this.#random;
    const learner = random.below(LEARNERS);
    // A learner is at a few courses, not at all of them.
    const course = (learner * 7 + random.popular([0, 1, 2, 3]) * 31) % COURSES;
    const verb = random.popular(VERBS);
    return {
      id: random.uuid(),
      actor: {
        objectType: 'Agent',
        name: nameOf(learner),
        account: { homePage: LMS, name: `u${100_000 + learner * 13}` },
      },
      verb: { id: verbId(verb), display: { 'en-US': verb } },
      object: this.#unit(course, verb),
      ...this.#result(verb),
      context: this.#context(learner, course, verb),
      timestamp: new Date(stored - random.below(30_000)).toISOString(),
      stored: new Date(stored).toISOString(),
      authority: { objectType: 'Agent', account: { homePage: 'https://lrs.example.com/xapi', name: 'lms-production' } },
      version: '1.0.3',
    };
  }

  #unit(course: number, verb: string): Statement['object'] {
    const unit = this.#random.below(UNITS);
    const id = `${courseId(course)}/units/${namedUuid(`${course}/${unit}`)}`;
    if (verb !== 'answered') {
      const name = { 'en-US': `${topicOf(course)}, unit ${unit + 1}` };
      return { objectType: 'Activity', id, definition: { type: `${ADL}/activities/lesson`, name } };
    }
    const question = this.#random.below(20);
    return {
      objectType: 'Activity',
      id: `${id}#q${question}`,
      definition: {
        type: `${ADL}/activities/cmi.interaction`,
        name: { 'en-US': `Question ${question + 1}` },
        interactionType: 'long-fill-in',
      },
    };
  }

  #result(verb: string): Pick<Statement, 'result'> {
    const random = this.#random;
    const duration = `PT${random.below(50)}M${(random.below(6_000) / 100).toFixed(2)}S`;
    if (verb === 'initialized') return {};
    if (verb === 'experienced' || verb === 'terminated') return { result: { duration } };
    if (verb === 'progressed') {
      return { result: { extensions: { [`${CMI5}/extensions/progress`]: random.below(101) } } };
    }
    if (verb === 'answered') {
      const isFree = random.fraction() < FREE_TEXTS / 0.25;
      return {
        result: {
          success: random.fraction() < 0.7,
          duration,
          response: isFree ? this.#prose() : String(random.below(5)),
        },
      };
    }
    const raw = 40 + random.below(61);
    return {
      result: {
        score: { scaled: raw / 100, raw, min: 0, max: 100 },
        success: verb !== 'failed',
        completion: verb === 'completed',
        duration,
      },
    };
  }

  #context(learner: number, course: number, verb: string): NonNullable<Statement['context']> {
    const registration = namedUuid(`${learner}@${course}`);
    return {
      registration,
      platform: 'Example LMS 4.2',
      language: 'en-US',
      contextActivities: {
        parent: [{ objectType: 'Activity', id: courseId(course) }],
        grouping: [
          {
            objectType: 'Activity',
            id: `${LMS}/programs/${course % 6}`,
            definition: { type: `${ADL}/activities/course`, name: { 'en-US': `${topicOf(course)} for everybody` } },
          },
        ],
        category: [{ objectType: 'Activity', id: `${CMI5}/categories/cmi5` }],
      },
      extensions: {
        [`${CMI5}/extensions/sessionid`]: this.#session(registration, verb),
        [`${CMI5}/extensions/launchmode`]: 'Normal',
      },
    };
  }

  #session(registration: string, verb: string): string {
    const known = this.#sessions.get(registration);
    if (known !== undefined && verb !== 'initialized') return known;
    const session = this.#random.uuid();
    this.#sessions.set(registration, session);
    return session;
  }

  #prose(): string {
    const words = Array.from({ length: 8 + this.#random.below(50) }, () => this.#random.pick(WORDS));
    return `${words.join(' ')}.`;
  }
}

function courseId(course: number): string {
  return `${LMS}/courses/${namedUuid(`course ${course}`)}`;
}

function topicOf(course: number): string {
  return `${TOPICS[course % TOPICS.length] ?? ''} ${Math.floor(course / TOPICS.length) + 1}`;
}

function nameOf(learner: number): string {
  const first = FIRST_NAMES[learner % FIRST_NAMES.length] ?? '';
  const last = LAST_NAMES[Math.floor(learner / FIRST_NAMES.length) % LAST_NAMES.length] ?? '';
  return `${first} ${last}`;
}

function verbId(verb: string): string {
  return `${ADL}/verbs/${verb}`;
}
