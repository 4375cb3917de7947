import { describe, expect, it } from 'vitest';
import { aStatement, aSubStatement, anActivity } from '#test/support/statements.ts';
import { activitiesOf } from '#xapi/activity/activities-of.ts';

const inEnglish = { name: { en: 'course' } };
const inFrench = { name: { fr: 'cours' } };

describe('what a statement says of activities (xAPI 1.0.3, Data 2.4.4.1)', () => {
  it('is in its object, its context and its SubStatement', () => {
    const contextActivities = { parent: anActivity('b', inEnglish), other: [anActivity('c', inEnglish)] };
    const object = aSubStatement({
      object: anActivity('d', inEnglish),
      context: { contextActivities: { category: [anActivity('e', inEnglish)] } },
    });
    const ids = activitiesOf(aStatement({ object, context: { contextActivities } })).map(({ id }) => id);
    expect(ids).toEqual(['b', 'c', 'd', 'e'].map((name) => anActivity(name).id));
  });

  it('is nothing without a definition', () => {
    expect(activitiesOf(aStatement())).toEqual([]);
  });

  it('is merged when it says it more than once', () => {
    const contextActivities = { parent: [anActivity('a', inFrench)] };
    expect(activitiesOf(aStatement({ object: anActivity('a', inEnglish), context: { contextActivities } }))).toEqual([
      { ...anActivity('a', { name: { en: 'course', fr: 'cours' } }), objectType: 'Activity' },
    ]);
  });
});
