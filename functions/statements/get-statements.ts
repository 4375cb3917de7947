import type { MethodHandler } from '#http/methods.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { getStatement } from '#functions/statements/get-statement.ts';
import { queryStatements } from '#functions/statements/query-statements.ts';
import { readStatementParameters } from '#http/statements/statement-parameters.ts';

/** Gives back one statement by its id, or those that match the filters (xAPI 1.0.3, Communication 2.1.3). */
export function getStatements(deps: StatementsDeps): MethodHandler<AuthorizedRequest> {
  return (request) => {
    const wanted = readStatementParameters(request.parameters, request.version);
    return wanted.kind === 'single' ? getStatement(deps, request, wanted) : queryStatements(deps, request, wanted);
  };
}
