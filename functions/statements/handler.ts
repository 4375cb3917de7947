import { createResource, type GatewayHandler } from '#http/resource.ts';
import { consistentThrough } from '#functions/statements/consistent-through.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { getStatements } from '#functions/statements/get-statements.ts';
import { postStatements } from '#functions/statements/post-statements.ts';
import { putStatement } from '#functions/statements/put-statement.ts';

/** The Statement Resource (xAPI 1.0.3, Communication 2.1; xAPI 2.0, 4.1.6.1). */
export function createHandler(deps: StatementsDeps): GatewayHandler {
  const methods = { GET: getStatements(deps), PUT: putStatement(deps), POST: postStatements(deps) };
  return createResource('statements', methods, deps, [consistentThrough(deps.statements)]);
}
