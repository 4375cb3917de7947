import { describe, expect, it } from 'vitest';
import {
  checkActivity,
  checkActivityProfile,
  checkAgent,
  checkState,
  mayReadActivity,
  type RecordOwner,
} from '#access/check-records.ts';
import type { Limits } from '#access/limits.ts';
import { anActivity, ifiOfAgent } from '#test/support/statements.ts';

const ANN = ifiOfAgent('ann');
const COURSE = anActivity('course').id;
const REGISTRATION = '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001';
const VERBS = ['http://example.com/verbs/attended'];

const LAUNCH: Limits = { actor: ANN, activity: COURSE, registration: REGISTRATION, verbs: VERBS };
const OF_ANN: RecordOwner = { agent: ANN, activityId: `${COURSE}/module`, registration: REGISTRATION };

type Check = (limits: Limits, owner: RecordOwner) => void;

const CHECKS = {
  state: checkState,
  agent: checkAgent,
  activity: checkActivity,
  'activity profile, to read': (limits, owner) => checkActivityProfile(limits, owner, 'read'),
  'activity profile, to write': (limits, owner) => checkActivityProfile(limits, owner, 'write'),
} as const satisfies Record<string, Check>;

type Name = keyof typeof CHECKS;

const check = (name: Name, limits: Limits, owner: RecordOwner) => (): void => CHECKS[name](limits, owner);

const refusal = (about: string): unknown =>
  expect.objectContaining({ code: 'not-permitted', message: expect.stringContaining(about) });

describe('what a token with limits may read and write besides statements', () => {
  it.each<[Name, Limits, RecordOwner]>([
    ['state', LAUNCH, OF_ANN],
    ['state', { actor: ANN }, { agent: ANN, activityId: 'a:any' }],
    ['state', { activity: COURSE }, { agent: ifiOfAgent('bob'), activityId: COURSE }],
    [
      'state',
      { registration: REGISTRATION },
      { agent: ifiOfAgent('bob'), activityId: 'a:any', registration: REGISTRATION },
    ],
    ['agent', LAUNCH, { agent: ANN }],
    ['activity', LAUNCH, { activityId: COURSE }],
    ['activity profile, to read', LAUNCH, { activityId: COURSE }],
    ['activity profile, to write', { activity: COURSE }, { activityId: COURSE }],
  ])('includes %s within %j', (name, limits, owner) => {
    expect(check(name, limits, owner)).not.toThrow();
  });

  it.each<[Name, Limits, RecordOwner, string]>([
    ['state', LAUNCH, { ...OF_ANN, agent: ifiOfAgent('bob') }, '"actor"'],
    ['state', LAUNCH, { ...OF_ANN, activityId: `${COURSE}2` }, '"activity"'],
    ['state', LAUNCH, { ...OF_ANN, registration: REGISTRATION.replace('6', '7') }, '"registration"'],
    ['state', LAUNCH, { agent: ANN, activityId: COURSE }, '"registration"'],
    ['agent', LAUNCH, { agent: ifiOfAgent('bob') }, '"actor"'],
    ['agent', { registration: REGISTRATION }, { agent: ANN }, '"registration"'],
    ['agent', { activity: COURSE }, { agent: ANN }, '"activity"'],
    ['activity', LAUNCH, { activityId: anActivity('other').id }, '"activity"'],
    ['activity', { actor: ANN }, { activityId: COURSE }, '"actor"'],
    ['activity', { registration: REGISTRATION }, { activityId: COURSE }, '"registration"'],
    ['activity profile, to read', LAUNCH, { activityId: anActivity('other').id }, '"activity"'],
    ['activity profile, to read', { actor: ANN }, { activityId: COURSE }, '"actor"'],
    ['activity profile, to write', LAUNCH, { activityId: COURSE }, '"actor"'],
    [
      'activity profile, to write',
      { activity: COURSE, registration: REGISTRATION },
      { activityId: COURSE },
      '"registration"',
    ],
  ])('does not include %s within %j of %j', (name, limits, owner, limit) => {
    expect(check(name, limits, owner)).toThrow(refusal(limit));
  });

  it.each(Object.keys(CHECKS).filter((name): name is Name => name in CHECKS))('is not limited by verbs: %s', (name) => {
    expect(check(name, { verbs: VERBS }, OF_ANN)).not.toThrow();
  });

  it.each<Limits>([{}, { verbs: VERBS }, { actor: ANN }, { registration: REGISTRATION }, { activity: COURSE }, LAUNCH])(
    'is told of activities by the same rule where it does not ask for them: %j',
    (limits) => {
      for (const activityId of [COURSE, anActivity('other').id]) {
        const isRefused = (): boolean => {
          try {
            checkActivity(limits, { activityId });
            return false;
          } catch {
            return true;
          }
        };
        expect(mayReadActivity(limits, activityId)).toBe(!isRefused());
      }
    },
  );
});
