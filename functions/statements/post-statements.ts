import type { MethodHandler } from '#http/methods.ts';
import { readParameters } from '#http/parameters/read-parameters.ts';
import { jsonReply } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { readSentStatements } from '#functions/statements/read-sent-statements.ts';
import { storeStatements } from '#functions/statements/store-statements.ts';

/** Stores a statement or an array of them, all or none; answers their ids in order (xAPI 1.0.3, Communication 2.1.2). */
export function postStatements(deps: StatementsDeps): MethodHandler<AuthorizedRequest> {
  return async (request) => {
    readParameters(request.parameters, []);
    const sent = readSentStatements(request);
    const { ids, stored } = await storeStatements(deps, request, sent, deps.newId);
    return { ...jsonReply(JSON.stringify(ids)), facts: { stored } };
  };
}
