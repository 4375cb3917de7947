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

const target = fc.nat({ max: POOL - 1 }).map((number) => ({ objectType: 'StatementRef' as const, id: uuidOf(number) }));
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

/** What happens to a store: arrays arrive, and time passes. */
export interface Step {
  readonly drafts: readonly StatementDraft[];
  /** Milliseconds until the next step. */
  readonly pause: number;
}

/**
 * Arrays of statements out of a pool of ids, each of which has one content, rarely another: so they refer to each other
 * in every order of arrival, in chains and cycles, void each other, and are replayed.
 */
export const arbitraryHistory: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(anyStatement, { minLength: POOL, maxLength: POOL }),
    fc.array(
      fc.record({
        numbers: fc.uniqueArray(fc.nat({ max: POOL - 1 }), { minLength: 1, maxLength: 5 }),
        altered: fc.integer({ min: 0, max: 11 }).map((dice) => dice === 11),
        pause: fc.nat({ max: 2 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([contents, arrays]) =>
    arrays.map(({ numbers, altered, pause }) => {
      const result = altered ? { result: { response: 'another' } } : {};
      return { drafts: numbers.map((number) => aDraft(uuidOf(number), { ...contents[number], ...result })), pause };
    }),
  );

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
