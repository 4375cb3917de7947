import { readsOnlyOwn } from '#http/auth/scopes.ts';
import type { Reply } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { Principal } from '#access/principal.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { XapiError } from '#xapi/errors.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { gatherAnswer } from '#functions/statements/gather-answer.ts';
import { statementOf } from '#functions/statements/statement-of.ts';
import { ownAuthority } from '#functions/statements/own-authority.ts';
import type { SingleStatementRequest } from '#functions/statements/statement-parameters.ts';
import { writeAnswer } from '#functions/statements/write-answer.ts';

/**
 * A voided statement is found by `voidedStatementId` only, any other by `statementId` only
 * (xAPI 1.0.3, Communication 2.1.4).
 */
export async function getStatement(
  deps: StatementsDeps,
  request: AuthorizedRequest,
  wanted: SingleStatementRequest,
): Promise<Reply> {
  const { principal } = request;
  const statement = await deps.statements.get(principal.store, wanted.id);
  if (statement === undefined || statement.voided !== wanted.voided || !mayRead(principal, statement)) {
    throw notFound(wanted);
  }
  const { texts, contents } = await gatherAnswer(deps, request, wanted, [statement]);
  return { ...writeAnswer(texts.join(), contents, statement.stored, deps.newId), facts: { returned: 1 } };
}

function mayRead(principal: Principal, statement: StoredStatement): boolean {
  if (!readsOnlyOwn(principal)) return true;
  const { authority } = statementOf(statement);
  return authority !== undefined && ifiOf(authority) === ownAuthority(principal);
}

function notFound({ id, voided }: SingleStatementRequest): XapiError {
  const name = voided ? 'voidedStatementId' : 'statementId';
  return new XapiError({
    code: 'statement-not-found',
    message: voided ? 'There is no voided statement with this id.' : 'There is no statement with this id.',
    path: name,
    received: JSON.stringify(id),
    section: 'xAPI 1.0.3, Communication 2.1.3',
  });
}
