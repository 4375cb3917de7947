import { describe, expect, it } from 'vitest';

import { aStatement, aSubStatement, anActivity, anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { revisionAndPlatformNeedActivity } from '#xapi/statement/rules/revision-and-platform-need-activity.ts';

const ref = { objectType: 'StatementRef', id: 'aa97b177-9383-4934-8543-0f91a7a02836' } as const;

describe('revision and platform (xAPI 1.0.3, Data 2.4.6)', () => {
  it.each([anActivity('a'), { ...anActivity('a'), objectType: 'Activity' as const }])('go with %j', (object) => {
    const context = { revision: '2', platform: 'web' };
    expect(revisionAndPlatformNeedActivity(aStatement({ object, context }), '$')).toBeUndefined();
  });

  it.each([{ ...anAgent('ann'), objectType: 'Agent' as const }, anAnonymousGroup('ann'), ref, aSubStatement()])(
    'do not go with %j',
    (object) => {
      for (const name of ['revision', 'platform']) {
        const statement = aStatement({ object, context: { [name]: 'x' } });
        expect(revisionAndPlatformNeedActivity(statement, '$')?.path).toBe(`$.context.${name}`);
      }
      expect(revisionAndPlatformNeedActivity(aStatement({ object, context: { language: 'en' } }), '$')).toBeUndefined();
    },
  );
});
