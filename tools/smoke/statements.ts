import type { Statement } from '#xapi/statement/statement.ts';
import { type Answer, isObject, jsonIn } from './answer.ts';
import type { Inspection } from './check.ts';

type Sender = Pick<Inspection, 'send' | 'data'>;

type Identified = Statement & { readonly id: string };

const JSON_TYPE = { 'content-type': 'application/json' };

export async function putStatement(sender: Sender, statement: Identified): Promise<Answer> {
  const sent = { method: 'PUT', path: '/statements', query: { statementId: statement.id } };
  return store(sender, [statement], { ...sent, headers: JSON_TYPE, body: JSON.stringify(statement) });
}

export async function postStatements(sender: Sender, statements: readonly Identified[]): Promise<Answer> {
  const sent = { method: 'POST', path: '/statements', headers: JSON_TYPE, body: JSON.stringify(statements) };
  return store(sender, statements, sent);
}

/** Without an answer, and after a 5xx, statements may be stored: then, too, they are to be voided. */
export async function store(
  { send, data }: Sender,
  statements: readonly Identified[],
  sent: Parameters<Inspection['send']>[0],
): Promise<Answer> {
  const isNew = statements.filter(({ id }) => !data.statements.has(id));
  for (const { id } of isNew) data.statements.add(id);
  const answer = await send(sent);
  if (answer.status >= 400 && answer.status < 500) for (const { id } of isNew) data.statements.delete(id);
  return answer;
}

export function getStatement({ send }: Pick<Inspection, 'send'>, statementId: string): Promise<Answer> {
  return send({ path: '/statements', query: { statementId } });
}

/** The statements of a page; none when it is no page. */
function statementsIn(answer: Answer): readonly Readonly<Record<string, unknown>>[] {
  const json = jsonIn(answer);
  const list = isObject(json) ? json['statements'] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

export function idsIn(answer: Answer): readonly string[] {
  return statementsIn(answer).map(({ id }) => String(id));
}
