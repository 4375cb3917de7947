import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStatement } from '#access/check-statement.ts';
import type { Limits, Visibility } from '#access/limits.ts';
import { isVisible, visibilityText } from '#access/visibility.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import { type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { errorOf } from '#test/support/error-of.ts';
import { statements } from '#test/support/arbitraries.ts';
import { arbitraryHistory, arbitraryVisibility } from '#test/support/arbitrary-histories.ts';
import { aStatement, anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';

const LMS = anAgent('lms');

/** As it is kept. */
const keysOf = (statement: Statement, authority = LMS) =>
  statementKeys(draftStatement(statement, statement, { id: statement.id ?? 'x', authority, version: '2.0.0' }).value);

/** Statements of few values, which limits often meet, and of every shape there is. */
const likely = arbitraryHistory.chain((steps) =>
  fc.constantFrom(...steps.flatMap(({ drafts }) => drafts.map(({ value }) => value))),
);
const anyStatement = fc.oneof(likely, statements('1.0.3'), statements('2.0.0'));

const fewLimits: fc.Arbitrary<Limits> = arbitraryVisibility.map((visible) => {
  const { authority: _, ...limits } = visible;
  return limits;
});

/** Some of those that hold for the statement. */
function limitsOf({ actor, object, verb, context }: Statement): fc.Arbitrary<Limits> {
  const [ifi, registration] = [ifiOf(actor), context?.registration?.toLowerCase()];
  const activity = 'definition' in object || !('objectType' in object) ? Reflect.get(object, 'id') : undefined;
  return fc.record(
    {
      ...(ifi !== undefined && { actor: fc.constant(ifi) }),
      ...(registration !== undefined && { registration: fc.constant(registration) }),
      ...(typeof activity === 'string' && { activity: fc.constant(activity) }),
      verbs: fc.constant([verb.id]),
    },
    { requiredKeys: [] },
  );
}

const cases = anyStatement.chain((statement) =>
  fc.tuple(fc.constant(statement), fc.oneof(fewLimits, limitsOf(statement))),
);

const mayStore = (limits: Limits, statement: Statement): boolean =>
  errorOf(() => checkStatement(limits, statement, '$')) === undefined;

describe('what a token with limits may see', () => {
  it('includes every statement that it may store, and nothing of others', () => {
    let stored = 0;
    fc.assert(
      fc.property(cases, ([statement, limits]) => {
        const keys = keysOf(statement);
        if (!mayStore(limits, statement)) return;
        stored += 1;
        expect(isVisible(keys, limits)).toBe(true);
        expect(isVisible(keys, { ...limits, authority: ifiOfAgent('lms') })).toBe(true);
        expect(isVisible(keys, { ...limits, authority: ifiOfAgent('other') })).toBe(false);
        expect([keys.target, keys.voids]).toEqual([undefined, undefined]);
        const found = [...new Set([keys.actor, ...keys.agents])];
        expect(found).toEqual(limits.actor === undefined ? found : [limits.actor]);
      }),
      { numRuns: 1_000 },
    );
    expect(stored).toBeGreaterThan(100);
  });

  it('includes no statement of another actor, registration or verb, nor of an activity elsewhere', () => {
    fc.assert(
      fc.property(cases, ([statement, limits]) => {
        const keys = keysOf(statement);
        if (!isVisible(keys, limits)) return;
        expect(limits.actor ?? keys.actor).toBe(keys.actor);
        expect(limits.registration ?? keys.registration).toBe(keys.registration);
        expect(limits.verbs ?? [keys.verb]).toContain(keys.verb);
        expect((keys.activity ?? keys.subActivity ?? '').startsWith(limits.activity ?? '')).toBe(true);
        expect(isVisible(keys, { ...limits, actor: 'mbox|mailto:nobody@example.com' })).toBe(false);
        expect(isVisible(keys, { ...limits, registration: 'none' })).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on who else is named', () => {
    const named = aStatement({ actor: anAgent('bob'), context: { instructor: anAgent('ann') } });
    const about = aStatement({ actor: anAgent('bob'), object: { ...anAgent('ann'), objectType: 'Agent' } });
    for (const statement of [named, about]) {
      expect(isVisible(keysOf(statement), { actor: ifiOfAgent('ann') })).toBe(false);
    }
  });

  it('includes what others voided or referred to, if it is of the learner', () => {
    const object = { objectType: 'StatementRef', id: '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001' } as const;
    const keys = keysOf(aStatement({ actor: anAgent('ann'), verb: { id: VOIDING_VERB }, object }));
    expect(isVisible(keys, { actor: ifiOfAgent('ann') })).toBe(true);
    expect(isVisible(keys, { actor: ifiOfAgent('ann'), activity: anActivity('meeting').id })).toBe(false);
  });
});

describe('the text of a visibility', () => {
  const parts = ['a', 'b', '|', '"', ','].map((part) => fc.constant(part));
  const text = fc.string({ unit: fc.oneof(...parts), maxLength: 3 });
  const visibilities: fc.Arbitrary<Visibility> = fc.record(
    { authority: text, actor: text, registration: text, activity: text, verbs: fc.uniqueArray(text, { maxLength: 2 }) },
    { requiredKeys: [] },
  );

  it('tells all that differ apart', () => {
    fc.assert(
      fc.property(visibilities, visibilities, (one, other) => {
        expect(visibilityText(one) === visibilityText(other)).toBe(isDeepStrictEqual(asSets(one), asSets(other)));
      }),
    );
  });
});

function asSets({ verbs, ...others }: Visibility): object {
  return { ...others, ...(verbs !== undefined && { verbs: new Set(verbs) }) };
}
