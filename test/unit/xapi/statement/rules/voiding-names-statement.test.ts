import { describe, expect, it } from 'vitest';

import { aStatement } from '#test/support/statements.ts';
import { voidingNamesStatement } from '#xapi/statement/rules/voiding-names-statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';

const verb = { id: VOIDING_VERB };

describe('object of a voiding statement (xAPI 1.0.3, Data 2.3.2)', () => {
  it('is a StatementRef', () => {
    const object = { objectType: 'StatementRef', id: 'aa97b177-9383-4934-8543-0f91a7a02836' } as const;
    expect(voidingNamesStatement(aStatement({ verb, object }), '$')).toBeUndefined();
    expect(voidingNamesStatement(aStatement({ verb }), '$')?.path).toBe('$.object.objectType');
  });

  it('is free for other verbs', () => {
    expect(voidingNamesStatement(aStatement(), '$')).toBeUndefined();
  });
});
