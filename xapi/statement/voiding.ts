import { XapiError } from '#xapi/errors.ts';
import { isStatementRef } from '#xapi/statement/object-type.ts';
import { VOIDING_VERB, type Statement } from '#xapi/statement/statement.ts';

/**
 * Voiding (xAPI 1.0.3, Data 2.3.2; xAPI 2.0, 4.2.5).
 *
 * @returns the lower-cased id of the statement that this one voids; undefined when it voids none.
 */
export function voidedBy(statement: Statement): string | undefined {
  if (statement.verb.id !== VOIDING_VERB || !isStatementRef(statement.object)) return undefined;
  return statement.object.id.toLowerCase();
}

/** The refusal of a statement whose target is a voiding statement. */
export function voidingOfVoiding(targetId: string): XapiError {
  return new XapiError({
    code: 'voiding-invalid',
    message: 'A statement that voids another cannot be voided itself.',
    path: '$.object.id',
    expected: 'the id of a statement that voids nothing',
    received: targetId,
    section: 'xAPI 1.0.3, Data 2.3.2; xAPI 2.0, 4.2.5',
  });
}
