import { describe, expect, it } from 'vitest';

import { interactionHasType } from '#xapi/statement/rules/interaction-has-type.ts';

describe('interactionType (xAPI 1.0.3, Data 2.4.4.1)', () => {
  it('may be absent where nothing else speaks of an interaction', () => {
    expect(interactionHasType({ name: { en: 'Course' } }, '$.object.definition')).toBeUndefined();
  });

  it.each(['correctResponsesPattern', 'choices', 'scale', 'source', 'target', 'steps'])('comes with %s', (property) => {
    const definition = { [property]: [] };
    expect(interactionHasType(definition, '$.object.definition')?.path).toBe('$.object.definition.interactionType');
    expect(interactionHasType({ ...definition, interactionType: 'other' }, '$.object.definition')).toBeUndefined();
  });
});
