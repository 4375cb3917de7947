import { describe, expect, it } from 'vitest';
import { aStatement } from '#test/support/statements.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { voidedBy, voidingOfVoiding } from '#xapi/statement/voiding.ts';

const object = { objectType: 'StatementRef', id: '6F5FDD10-9E2B-44A2-B4A3-8C4E1D2A0001' } as const;

describe('voiding (xAPI 1.0.3, Data 2.3.2)', () => {
  it('takes the verb and a StatementRef', () => {
    const voiding = aStatement({ verb: { id: VOIDING_VERB }, object });
    expect(voidedBy(voiding)).toBe(object.id.toLowerCase());
    expect(voidedBy(aStatement({ object }))).toBeUndefined();
    expect(voidedBy(aStatement({ verb: { id: VOIDING_VERB } }))).toBeUndefined();
  });

  it('of a voiding statement is refused with its id', () => {
    expect(voidingOfVoiding(object.id)).toMatchObject({ code: 'voiding-invalid', problem: { received: object.id } });
  });
});
