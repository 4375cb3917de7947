import type { Answer } from '#bench/load/lrs-client.ts';

/** An answer that is not what the specification says it has to be. */
export class WrongAnswer extends Error {}

export function expectStatus(answer: Answer, ...expected: readonly number[]): void {
  if (expected.includes(answer.status)) return;
  const text = answer.body.toString().slice(0, 200);
  throw new WrongAnswer(`${answer.status} instead of ${expected.join(' or ')}: ${text}`);
}

/** The members of a statement that filters look at. */
export interface ReceivedStatement {
  readonly id: string;
  readonly stored: string;
  readonly actor: { readonly account?: { readonly name: string } };
  readonly verb: { readonly id: string };
  readonly object: { readonly id?: string };
  readonly context?: {
    readonly registration?: string;
    readonly contextActivities?: { readonly parent?: readonly { readonly id: string }[] };
  };
}

export interface ReceivedPage {
  readonly statements: readonly ReceivedStatement[];
  /** Empty where nothing follows. */
  readonly more: string;
}

export function pageIn(answer: Answer): ReceivedPage {
  expectStatus(answer, 200);
  const page: { statements?: unknown; more?: unknown } = JSON.parse(answer.body.toString());
  if (!Array.isArray(page.statements)) throw new WrongAnswer('a page without statements');
  return { statements: page.statements, more: typeof page.more === 'string' ? page.more : '' };
}

/** @throws WrongAnswer unless the page holds from `least` to `most` statements, and all are such. */
export function expectStatements(
  { statements }: ReceivedPage,
  { least, most }: { readonly least: number; readonly most: number },
  isSuch: (statement: ReceivedStatement) => boolean,
): void {
  if (statements.length < least || statements.length > most) {
    throw new WrongAnswer(`${statements.length} statements instead of ${least} to ${most}`);
  }
  const wrong = statements.find((statement) => !isSuch(statement));
  if (wrong !== undefined) throw new WrongAnswer(`statement ${wrong.id} does not match`);
}

/** @throws WrongAnswer when a statement is stored out of order. */
export function expectOrder({ statements }: ReceivedPage, ascending: boolean): void {
  for (const [index, { stored }] of statements.entries()) {
    const before = statements[index - 1]?.stored ?? stored;
    const [one, other] = [Date.parse(before), Date.parse(stored)];
    if (ascending ? one > other : one < other) throw new WrongAnswer(`${stored} comes behind ${before}`);
  }
}

export function expectIds({ body }: Answer, ids: readonly string[]): void {
  const received: unknown = JSON.parse(body.toString());
  if (JSON.stringify(received) !== JSON.stringify(ids)) throw new WrongAnswer('other ids than were sent');
}
