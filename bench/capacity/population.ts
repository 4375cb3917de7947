import { createHash } from 'node:crypto';
import { DEFAULT_STORE } from '#access/store.ts';
import { seededRandom } from '#bench/support/random.ts';
import { aDraft, aTypicalStatement, LEARNER, MODULE, REGISTRATION, VERB } from '#bench/support/typical.ts';
import type { StatementStore } from '#storage/statement-store.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

/** As many as one transaction takes with all that they are found by, which is the fastest way in. */
const ARRAY = 50;
const ARRAYS_IN_FLIGHT = 4;

/** Of all statements: those of the learner, the verb and the activity that the pages are of. */
const LEARNER_SHARE = 0.1;
const VERB_SHARE = 0.4;
const ACTIVITY_SHARE = 0.2;

const LEARNERS = 5_000;
const MODULES = 200;
const OTHER_VERBS = ['attempted', 'initialized', 'progressed', 'answered', 'passed', 'failed', 'terminated'];

/** Statements as an LRS collects them: of many learners, but unevenly. The same for the same numbers. */
export async function store(statements: StatementStore, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      const size = Math.min(ARRAY, left);
      left -= size;
      await statements.store(
        DEFAULT_STORE,
        Array.from({ length: size }, () => someDraft(random)),
      );
    }
  };
  await Promise.all(Array.from({ length: ARRAYS_IN_FLIGHT }, worker));
}

function someDraft(random: () => number): StatementDraft {
  const number = Math.floor(random() * LEARNERS) + 2;
  const isLearner = random() < LEARNER_SHARE;
  const typical = aTypicalStatement();
  return aDraft({
    ...typical,
    actor: isLearner ? LEARNER : { account: { homePage: 'https://lms.example.com', name: `learner-${number}` } },
    verb: { id: random() < VERB_SHARE ? VERB : `http://adlnet.gov/expapi/verbs/${pick(random, OTHER_VERBS)}` },
    object: random() < ACTIVITY_SHARE ? typical.object : { id: `${MODULE}-${Math.floor(random() * MODULES)}` },
    context: { ...typical.context, registration: isLearner ? REGISTRATION : uuidOf(number) },
  });
}

function pick(random: () => number, values: readonly string[]): string {
  return values[Math.floor(random() * values.length)] ?? '';
}

function uuidOf(number: number): string {
  const hex = createHash('sha256').update(String(number)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
