import { parseJson } from '#xapi/json/parse-json.ts';
import type { Statement, StoredStatement } from '#xapi/statement/statement.ts';

/** A stored statement as an object; numbers a double cannot hold stay as they were written. */
export function statementOf({ text }: StoredStatement): Statement {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only valid statements are stored
  return parseJson(text).exact as unknown as Statement;
}
