import { isStatementRef } from '#xapi/statement/object-type.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import type { Statement } from '#xapi/statement/statement.ts';

export const voidingNamesStatement: Rule<Statement> = ({ verb, object }, path) => {
  if (verb.id !== VOIDING_VERB || isStatementRef(object)) return undefined;
  return {
    path: `${path}.object.objectType`,
    message: 'The Object of a voiding Statement is a StatementRef.',
    expected: '"StatementRef"',
    received: object.objectType,
    subject: 'voiding',
  };
};
