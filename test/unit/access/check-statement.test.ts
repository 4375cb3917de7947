import { describe, expect, it } from 'vitest';
import { checkStatement } from '#access/check-statement.ts';
import type { Limits } from '#access/limits.ts';
import { VOIDING_VERB, type Statement } from '#xapi/statement/statement.ts';
import {
  aStatement,
  aSubStatement,
  anActivity,
  anAgent,
  anAnonymousGroup,
  ifiOfAgent,
} from '#test/support/statements.ts';

const ANN = anAgent('ann');
const BOB = anAgent('bob');
const COURSE = anActivity('course');
const REGISTRATION = '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001';
const OTHER = REGISTRATION.replace('6', '7');
const VERB = 'http://example.com/verbs/attended';
const BY_ACTOR: Limits = { actor: ifiOfAgent('ann') };
const LAUNCH: Limits = { ...BY_ACTOR, activity: COURSE.id, registration: REGISTRATION, verbs: [VERB] };
const REFERENCE = { objectType: 'StatementRef', id: OTHER } as const;

const ofLaunch = (overrides: Partial<Statement> = {}): Statement =>
  aStatement({ actor: ANN, object: COURSE, context: { registration: REGISTRATION }, ...overrides });

const group = (name: string, ...members: readonly string[]) =>
  ({ ...anAgent(name), objectType: 'Group', member: members.map((one) => anAgent(one)) }) as const;

const asAgent = (name: string) => ({ ...anAgent(name), objectType: 'Agent' }) as const;

const planned = (overrides: Parameters<typeof aSubStatement>[0] = {}): Statement =>
  ofLaunch({ object: aSubStatement({ actor: ANN, object: COURSE, ...overrides }) });

describe('statements that a token with limits may store', () => {
  it.each<[string, Limits, Statement]>([
    ['of the launch', LAUNCH, ofLaunch()],
    ['below the activity', LAUNCH, ofLaunch({ object: { id: `${COURSE.id}/module` } })],
    ['with the registration in capitals', LAUNCH, ofLaunch({ context: { registration: REGISTRATION.toUpperCase() } })],
    [
      'with an instructor and activities around it',
      LAUNCH,
      ofLaunch({
        context: { registration: REGISTRATION, instructor: BOB, contextActivities: { category: [anActivity('cmi5')] } },
      }),
    ],
    ['of any activity, verb and registration', BY_ACTOR, aStatement({ actor: ANN, object: anActivity('any') })],
    ['of any actor', { activity: COURSE.id }, ofLaunch({ actor: anAnonymousGroup('bob', 'cid') })],
    ['of a group that is the actor', BY_ACTOR, ofLaunch({ actor: group('ann') })],
    ['about the actor', BY_ACTOR, ofLaunch({ object: asAgent('ann') })],
    ['of what the actor plans', LAUNCH, planned()],
    ['of what the actor plans with the registration', LAUNCH, planned({ context: { registration: REGISTRATION } })],
  ])('are those %s', (_, limits, statement) => {
    expect(() => checkStatement(limits, statement, '$')).not.toThrow();
  });

  it.each<[string, Limits, Statement, string]>([
    ['of another actor', LAUNCH, ofLaunch({ actor: BOB }), '$.actor'],
    ['of an anonymous group', LAUNCH, ofLaunch({ actor: anAnonymousGroup('ann') }), '$.actor'],
    [
      'of a group in which another is found',
      LAUNCH,
      ofLaunch({ actor: group('ann', 'ann', 'bob') }),
      '$.actor.member[1]',
    ],
    ['of another activity', LAUNCH, ofLaunch({ object: anActivity('course2') }), '$.object.id'],
    ['of another verb', LAUNCH, ofLaunch({ verb: { id: 'http://example.com/verbs/other' } }), '$.verb.id'],
    ['of another registration', LAUNCH, ofLaunch({ context: { registration: OTHER } }), '$.context.registration'],
    ['of no registration', LAUNCH, ofLaunch({ context: {} }), '$.context.registration'],
    ['without context', LAUNCH, aStatement({ actor: ANN, object: COURSE }), '$.context.registration'],
    ['about the actor in place of the activity', LAUNCH, ofLaunch({ object: asAgent('ann') }), '$.object'],
    ['about another agent', BY_ACTOR, ofLaunch({ object: asAgent('bob') }), '$.object'],
    [
      'about a group in which another is found',
      BY_ACTOR,
      ofLaunch({ object: group('ann', 'bob') }),
      '$.object.member[0]',
    ],
    [
      'about an agent where none is named',
      { registration: REGISTRATION },
      ofLaunch({ object: asAgent('ann') }),
      '$.object',
    ],
    ['that refer to others', {}, ofLaunch({ object: REFERENCE }), '$.object'],
    ['that void others', BY_ACTOR, ofLaunch({ verb: { id: VOIDING_VERB }, object: REFERENCE }), '$.verb.id'],
    ['of what another plans', LAUNCH, planned({ actor: BOB }), '$.object.actor'],
    ['of a plan beyond the activity', LAUNCH, planned({ object: anActivity('other') }), '$.object.object.id'],
    ['of a plan about another', BY_ACTOR, planned({ object: asAgent('bob') }), '$.object.object'],
    ['of a plan to refer to another', BY_ACTOR, planned({ object: REFERENCE }), '$.object.object'],
    [
      'of a plan for another registration',
      LAUNCH,
      planned({ context: { registration: OTHER } }),
      '$.object.context.registration',
    ],
  ])('are none %s', (_, limits, statement, path) => {
    const store = (): void => checkStatement(limits, statement, '$');
    expect(store).toThrow(expect.objectContaining({ code: 'not-permitted' }));
    expect(store).toThrow(expect.objectContaining({ problem: expect.objectContaining({ path }) }));
  });

  it('are told what was expected', () => {
    expect(() => checkStatement(LAUNCH, ofLaunch({ actor: BOB }), '$[2]')).toThrow(
      expect.objectContaining({
        problem: {
          code: 'not-permitted',
          message: 'The token is limited by "actor", and this is beyond it.',
          path: '$[2].actor',
          expected: '"mbox|mailto:ann@example.com"',
          received: '"mbox|mailto:bob@example.com"',
        },
      }),
    );
  });
});
