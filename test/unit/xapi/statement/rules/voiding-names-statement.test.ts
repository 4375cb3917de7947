import { describe, expect, it } from 'vitest';

import { aStatement, aSubStatement } from '#test/support/statements.ts';
import { voidingNamesStatement } from '#xapi/statement/rules/voiding-names-statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { validateStatements } from '#xapi/statement/validate-statement.ts';

const verb = { id: VOIDING_VERB };

const plan = (more: object): unknown => aStatement({ object: aSubStatement({ verb, ...more }) });

describe('object of a voiding statement (xAPI 1.0.3, Data 2.3.2)', () => {
  it('is a StatementRef', () => {
    const object = { objectType: 'StatementRef', id: 'aa97b177-9383-4934-8543-0f91a7a02836' } as const;
    expect(voidingNamesStatement(aStatement({ verb, object }), '$')).toBeUndefined();
    expect(voidingNamesStatement(aStatement({ verb }), '$')?.path).toBe('$.object.objectType');
  });

  it.each(['1.0.3', '2.0.0'] as const)('is one in a SubStatement, too, by the rules of %s', (version) => {
    const object = { objectType: 'StatementRef', id: 'aa97b177-9383-4934-8543-0f91a7a02836' } as const;
    expect(validateStatements(plan({ object }), version)).toHaveLength(1);
    expect(() => validateStatements(plan({}), version)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'statement-invalid', path: '$.object.object.objectType' }),
      }),
    );
  });

  it('is free for other verbs', () => {
    expect(voidingNamesStatement(aStatement(), '$')).toBeUndefined();
  });
});
