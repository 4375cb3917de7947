import { isStatementRef } from '#xapi/statement/object-type.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import type { Statement, SubStatement } from '#xapi/statement/statement.ts';

/** Also in a SubStatement, which is held to all rules of a Statement (xAPI 1.0.3, Data 2.4.4.3) though it voids nothing. */
export const voidingNamesStatement: Rule<Statement | SubStatement> = ({ verb, object }, path) => {
  if (verb.id !== VOIDING_VERB || isStatementRef(object)) return undefined;
  return {
    path: `${path}.object.objectType`,
    message: 'The Object of a voiding Statement is a StatementRef.',
    expected: '"StatementRef"',
    received: object.objectType,
    subject: 'voiding',
  };
};
