import type { MethodHandler } from '#http/methods.ts';
import { uuidParameter } from '#http/parameters/parameter-values.ts';
import { readParameters, requireParameter } from '#http/parameters/read-parameters.ts';
import { NO_CONTENT } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { readSentStatements, type SentStatements } from '#functions/statements/read-sent-statements.ts';
import { storeStatements } from '#functions/statements/store-statements.ts';

const SECTION = 'xAPI 1.0.3, Communication 2.1.1; xAPI 2.0, 4.1.6.1';

/** Stores one statement under the id the client chose (xAPI 1.0.3, Communication 2.1.1). */
export function putStatement(deps: StatementsDeps): MethodHandler<AuthorizedRequest> {
  return async (request) => {
    const parameters = readParameters(request.parameters, ['statementId']);
    const id = uuidParameter('statementId', requireParameter(parameters, 'statementId'));
    const sent = readSentStatements(request);
    const statement = onlyStatement(sent);
    checkId(statement, id);
    const { stored } = await storeStatements(deps, request, sent, () => id);
    return { ...NO_CONTENT, facts: { stored } };
  };
}

function onlyStatement({ statements, isArray }: SentStatements): Statement {
  const [statement] = statements;
  if (statement !== undefined && !isArray) return statement;
  throw new XapiError({
    code: 'statement-invalid',
    message: 'PUT stores one statement; POST stores an array.',
    path: '$',
    expected: 'an object',
    section: SECTION,
  });
}

function checkId(statement: Statement, id: string): void {
  if (statement.id === undefined || statement.id.toLowerCase() === id) return;
  throw new XapiError({
    code: 'statement-invalid',
    message: 'The id of the statement is not the one in the parameter "statementId".',
    path: '$.id',
    expected: id,
    received: shorten(statement.id),
    section: SECTION,
  });
}
