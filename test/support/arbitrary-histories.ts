import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Actor, Group, Statement, StatementDraft } from '#xapi/statement/statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import type { Visibility } from '#access/limits.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import { aDraft, uuidOf } from '#test/support/statement-drafts.ts';
import { aSubStatement, anActivity, anAgent, anAnonymousGroup, ifiOfAgent } from '#test/support/statements.ts';

/** Few different values, so that statements often share them. */
const NAMES = ['ann', 'bob', 'cid'] as const;
const VERBS = ['http://example.com/verbs/attended', 'http://example.com/verbs/passed', VOIDING_VERB] as const;
const ACTIVITIES = ['meeting', 'course'] as const;
/** So many that a statement has more of them than there are indexes, some of its own, some shared with others. */
const RELATED = [...ACTIVITIES, 'module', 'program', 'profile', 'school'] as const;
const ALL_ACTIVITIES = 'http://example.com/activities';
const REGISTRATIONS = [uuidOf(0xaaa), uuidOf(0xbbb)] as const;
const POOL = 10;
/** Statements that mostly share all they have, as those of one attempt do: so many of them in one array have packs. */
const CROWD = 12;
const IDS = POOL + CROWD;
/** Compressed, a body with this is larger than any that index rows or packs carry. */
const LONG_TEXT = Array.from({ length: 24 }, (_, index) => {
  return createHash('sha512').update(`${index}`).digest('base64');
}).join('');

const agent = fc.constantFrom(...NAMES).map((name) => anAgent(name));
const group = fc.subarray([...NAMES], { minLength: 1 }).map((names) => anAnonymousGroup(...names));
const team: fc.Arbitrary<Group> = fc
  .subarray([...NAMES])
  .map((names) => ({ ...anAnonymousGroup(...names), mbox: 'mailto:team@example.com' }));
const actor: fc.Arbitrary<Actor> = fc.oneof({ weight: 3, arbitrary: agent }, group, team);
const activity = fc.constantFrom(...ACTIVITIES).map((name) => anActivity(name));
const related = fc.constantFrom(...RELATED).map((name) => anActivity(name));

const context: fc.Arbitrary<NonNullable<Statement['context']>> = fc.record(
  {
    registration: fc.constantFrom(...REGISTRATIONS),
    instructor: actor,
    team,
    contextActivities: fc.record(
      { parent: related, other: fc.array(related, { maxLength: 2 }), grouping: fc.array(related, { maxLength: 5 }) },
      { requiredKeys: [] },
    ),
    contextAgents: fc.array(
      agent.map((one) => ({ objectType: 'contextAgent' as const, agent: one })),
      { maxLength: 2 },
    ),
    contextGroups: fc.array(
      group.map((one) => ({ objectType: 'contextGroup' as const, group: one })),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);

const target = fc.nat({ max: IDS - 1 }).map((number) => ({ objectType: 'StatementRef' as const, id: uuidOf(number) }));
const ownObject = fc.oneof(
  activity,
  actor.map((one) => ({ ...one, objectType: one.objectType ?? ('Agent' as const) })),
  fc.record({ actor, object: activity, context }).map((sub) => aSubStatement(sub)),
);
const authority = fc.constantFrom(anAgent('lms'), anAgent('lms'), anAgent('ann'));

const ordinary = fc.record(
  { actor, verb: fc.constantFrom(...VERBS.slice(0, 2)).map((id) => ({ id })), object: ownObject, context, authority },
  { requiredKeys: ['actor', 'verb', 'object'] },
);
const referring = fc.record(
  { actor, verb: fc.constantFrom(...VERBS.slice(0, 2)).map((id) => ({ id })), object: target, context },
  { requiredKeys: ['actor', 'verb', 'object'] },
);
const voiding = fc.record({ actor, verb: fc.constant({ id: VOIDING_VERB }), object: target });

const anyStatement: fc.Arbitrary<Partial<Statement>> = fc.oneof(
  { weight: 4, arbitrary: ordinary },
  { weight: 4, arbitrary: referring },
  { weight: 2, arbitrary: voiding },
);

/** What the crowd shares; each of it may differ in a part. */
const common = fc.record({
  actor: fc.oneof({ weight: 4, arbitrary: agent }, group),
  verb: fc.constantFrom(...VERBS.slice(0, 2)).map((id) => ({ id })),
  object: activity,
  context: fc.record(
    {
      registration: fc.constantFrom(...REGISTRATIONS),
      instructor: agent,
      contextActivities: fc.record({ parent: related, grouping: fc.array(related, { maxLength: 5 }) }),
    },
    { requiredKeys: ['registration'] },
  ),
});
const differing: fc.Arbitrary<Partial<Statement>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: agent.map((one) => ({ actor: one })) },
  { weight: 1, arbitrary: fc.constantFrom(...VERBS.slice(0, 2)).map((id) => ({ verb: { id } })) },
  { weight: 1, arbitrary: fc.oneof(activity, target).map((object) => ({ object })) },
  { weight: 1, arbitrary: context.map((one) => ({ context: one })) },
  { weight: 1, arbitrary: fc.constant({ result: { response: LONG_TEXT } }) },
);
const crowd: fc.Arbitrary<readonly Partial<Statement>[]> = fc
  .tuple(common, fc.array(differing, { minLength: CROWD, maxLength: CROWD }))
  .map(([shared, differences]) => differences.map((difference) => ({ ...shared, ...difference })));

/** A few statements of all, or many of the crowd and a few of the others among them. */
const numbers = fc.oneof(
  fc.uniqueArray(fc.nat({ max: IDS - 1 }), { minLength: 1, maxLength: 5 }),
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length: CROWD }, (_, index) => POOL + index),
        { minLength: 4 },
      ),
      fc.shuffledSubarray(
        Array.from({ length: POOL }, (_, index) => index),
        { maxLength: 4 },
      ),
      fc.nat({ max: CROWD }),
    )
    .map(([many, few, place]) => many.toSpliced(place, 0, ...few)),
);

/** What happens to a store: arrays arrive, and time passes. */
export interface Step {
  readonly drafts: readonly StatementDraft[];
  /** Milliseconds until the next step. */
  readonly pause: number;
}

/**
 * Arrays of statements out of a pool of ids, each of which has one content, rarely another: so they refer to each other
 * in every order of arrival, in chains and cycles, void each other, and are replayed, as a whole or in part.
 */
export const arbitraryHistory: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(anyStatement, { minLength: POOL, maxLength: POOL }),
    crowd,
    fc.array(
      fc.record({
        numbers,
        altered: fc.integer({ min: 0, max: 11 }).map((dice) => dice === 11),
        pause: fc.nat({ max: 2 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([others, many, arrays]) => {
    const contents = [...others, ...many];
    return arrays.map((array) => {
      const result = array.altered ? { result: { response: 'another' } } : {};
      const drafts = array.numbers.map((number) => aDraft(uuidOf(number), { ...contents[number], ...result }));
      return { drafts, pause: array.pause };
    });
  });

const optional = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined, freq: 1 });

const relatedActivity = fc.constantFrom(...RELATED).map((name) => anActivity(name).id);

const anyFilters: fc.Arbitrary<KeyFilters> = fc
  .record({
    agent: optional(fc.constantFrom(...NAMES, 'team', 'lms', 'sub', 'nobody').map(ifiOfAgent)),
    verb: optional(fc.constantFrom(...VERBS)),
    activity: optional(relatedActivity),
    registration: optional(fc.constantFrom(...REGISTRATIONS)),
    relatedAgents: fc.boolean(),
    relatedActivities: fc.boolean(),
  })
  .map((filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)));

/** Any combination of filters over the same few values; often the one alone that the most indexes and entries answer. */
export const arbitraryFilters: fc.Arbitrary<KeyFilters> = fc.oneof(
  { weight: 3, arbitrary: anyFilters },
  { weight: 1, arbitrary: fc.record({ activity: relatedActivity, relatedActivities: fc.constant(true) }) },
);

/** Any limits to what may be seen, by the same few values. */
export const arbitraryVisibility: fc.Arbitrary<Visibility> = fc.record(
  {
    authority: fc.constantFrom('lms', 'lms', 'ann').map(ifiOfAgent),
    actor: fc.constantFrom(...NAMES, 'team').map(ifiOfAgent),
    registration: fc.constantFrom(...REGISTRATIONS),
    activity: fc.constantFrom(ALL_ACTIVITIES, ...ACTIVITIES.map((name) => anActivity(name).id)),
    verbs: fc.subarray([...VERBS], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
