import { randomUUID } from 'node:crypto';
import { seededRandom } from '#bench/support/random.ts';
import { aDraft, aTypicalStatement, COURSE, LEARNER, MODULE, REGISTRATION, VERB } from '#bench/support/typical.ts';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';

/** The kinds of statements whose costs are measured; all of the same learner, verb, activity and registration. */
const SHAPES = {
  small: () => ({
    actor: LEARNER,
    verb: { id: VERB },
    object: { id: MODULE },
    context: { registration: REGISTRATION },
  }),
  typical: () => aTypicalStatement(),
  large: () => aTypicalStatement({ result: { response: essay(LARGE_BYTES) } }),
  'many related': () => {
    const { context, ...rest } = aTypicalStatement();
    return { ...rest, context: { ...context, ...manyRelated() } };
  },
} as const satisfies Readonly<Record<string, () => Statement>>;

export type Shape = keyof typeof SHAPES;

/** An activity that each statement of the shape is related to. */
export const RELATED: Readonly<Record<Shape, string>> = {
  small: MODULE,
  typical: COURSE,
  large: COURSE,
  'many related': `${COURSE}/parts/0`,
};

export const SHAPE_NAMES = ['small', 'typical', 'large', 'many related'] as const satisfies readonly Shape[];

const LARGE_BYTES = 19_000;
const RELATED_ACTIVITIES = 20;
const TEAM = 10;
const WORDS = 2_000;

export function shapedDrafts(shape: Shape, count: number): readonly StatementDraft[] {
  return Array.from({ length: count }, () => aDraft(SHAPES[shape]()));
}

/** Text as learners write it: of many different words, so that it compresses to about a third. */
function essay(bytes: number): string {
  const random = seededRandom(1);
  const words = Array.from({ length: WORDS }, (_, index) => (index * 7_919 + WORDS).toString(36));
  let text = randomUUID();
  while (text.length < bytes) text += ` ${words[Math.floor(random() ** 2 * WORDS)] ?? ''}`;
  return text;
}

/** 20 context activities, an instructor and a team of 10: 31 entries. */
function manyRelated(): Statement['context'] {
  const activities = Array.from({ length: RELATED_ACTIVITIES }, (_, index) => ({
    id: `${COURSE}/parts/${index}`,
  }));
  const member = Array.from({ length: TEAM }, (_, index) => ({ mbox: `mailto:colleague-${index}@example.com` }));
  return {
    registration: REGISTRATION,
    instructor: { mbox: 'mailto:instructor@example.com' },
    team: { objectType: 'Group', member },
    contextActivities: { parent: activities.slice(0, 5), grouping: activities.slice(5) },
  };
}
