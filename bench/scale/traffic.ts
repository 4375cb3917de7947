import { seededRandom } from '#bench/support/random.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** How uneven the traffic is: the part of all statements that the most frequent of each kind has. */
const SKEW = { verb: 0.4, course: 0.2, learner: 0.1 } as const;

const OTHERS = { verbs: 20, courses: 500, learners: 100_000 } as const;
const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';

/**
 * By what the statements of an uneven traffic are found, the same with every run. Every statement is of cmi5, whose category
 * they all share; the object is a course itself, which is the worst; each course has an instructor, each learner one
 * registration.
 */
export function* traffic(): Generator<StatementKeys, never> {
  const random = seededRandom(1);
  for (;;) {
    const learner = draw(random, SKEW.learner, OTHERS.learners);
    const course = draw(random, SKEW.course, OTHERS.courses);
    yield {
      actor: `account|https://lms.example.com|${learner}`,
      verb: `http://adlnet.gov/expapi/verbs/${draw(random, SKEW.verb, OTHERS.verbs)}`,
      activity: `https://lms.example.com/courses/${course}`,
      registration: `00000000-0000-4000-8000-${String(learner).padStart(12, '0')}`,
      agents: [],
      relatedAgents: [`mbox|mailto:instructor-${course}@example.com`],
      relatedActivities: [CATEGORY, `https://lms.example.com/programs/${course % 10}`],
      authorities: [],
    };
  }
}

/** 0 in `share` of all cases, else one of so many others. */
function draw(random: () => number, share: number, others: number): number {
  return random() < share ? 0 : 1 + Math.floor(random() * others);
}
