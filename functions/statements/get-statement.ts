import { storedAt } from '#storage/position.ts';
import type { Reply } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { Principal } from '#access/principal.ts';
import { isVisible } from '#access/visibility.ts';
import { XapiError } from '#xapi/errors.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import { auditSingle } from '#functions/statements/audit-reads.ts';
import type { StatementsDeps } from '#functions/statements/deps.ts';
import { gatherAnswer } from '#functions/statements/gather-answer.ts';
import { statementOf } from '#xapi/statement/statement-of.ts';
import type { SingleStatementRequest } from '#http/statements/statement-parameters.ts';
import { visibilityOf } from '#functions/statements/visibility-of.ts';
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
  auditSingle(deps, request);
  const { texts, contents } = await gatherAnswer(deps, request, wanted, [statement]);
  return { ...writeAnswer(texts.join(), contents, storedAt(statement.at), deps.newId), facts: { returned: 1 } };
}

function mayRead(principal: Principal, statement: StoredStatement): boolean {
  const visible = visibilityOf(principal);
  return visible === undefined || isVisible(statementKeys(statementOf(statement)), visible);
}

function notFound({ id, voided }: SingleStatementRequest): XapiError {
  const name = voided ? 'voidedStatementId' : 'statementId';
  return new XapiError({
    code: 'statement-not-found',
    message: voided ? 'There is no voided statement with this id.' : 'There is no statement with this id.',
    path: name,
    received: JSON.stringify(id),
    section: 'xAPI 1.0.3, Communication 2.1.3; xAPI 2.0, 4.1.6.1',
  });
}
