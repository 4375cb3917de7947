import { isActivity } from '#xapi/statement/object-type.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Statement, SubStatement } from '#xapi/statement/statement.ts';

export const revisionAndPlatformNeedActivity: Rule<Statement | SubStatement> = ({ object, context }, path) => {
  if (context === undefined || isActivity(object)) return undefined;
  const name = context.revision === undefined ? 'platform' : 'revision';
  if (context[name] === undefined) return undefined;
  return {
    path: `${path}.context.${name}`,
    message: `The context has a ${name} only where the Object is an Activity.`,
    expected: `no ${name}, because the Object is of type ${object.objectType}`,
    received: context[name],
    subject: 'context',
  };
};
