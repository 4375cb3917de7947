import { describe, expect, it } from 'vitest';

import { componentIdsAreDistinct } from '#xapi/statement/rules/component-ids-are-distinct.ts';

describe('ids of interaction components (xAPI 1.0.3, Data 2.4.4.1)', () => {
  it('are distinct within a list', () => {
    expect(componentIdsAreDistinct({ choices: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, '$')).toMatchObject({
      path: '$.choices[2].id',
      received: 'a',
    });
  });

  it('may be the same in two lists, and differ by case', () => {
    expect(componentIdsAreDistinct({ source: [{ id: 'a' }, { id: 'A' }], target: [{ id: 'a' }] }, '$')).toBeUndefined();
  });
});
