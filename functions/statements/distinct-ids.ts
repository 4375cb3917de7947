import type { Statement } from '#xapi/statement/statement.ts';
import { XapiError } from '#xapi/errors.ts';

/**
 * @param pathOf JSON path of the statement with this index
 * @throws XapiError `statement-duplicate-id` (xAPI 1.0.3, Communication 2.1.2; xAPI 2.0, 4.1.6.1)
 */
export function checkDistinctIds(statements: readonly Statement[], pathOf: (index: number) => string): void {
  const first = new Map<string, number>();
  for (const [index, { id }] of statements.entries()) {
    if (id === undefined) continue;
    const earlier = first.get(id.toLowerCase());
    if (earlier !== undefined) throw duplicate(id, pathOf(earlier), pathOf(index));
    first.set(id.toLowerCase(), index);
  }
}

function duplicate(id: string, earlier: string, path: string): XapiError {
  return new XapiError({
    code: 'statement-duplicate-id',
    message: `The statement has the same id as ${earlier}.`,
    path: `${path}.id`,
    expected: 'an id that no other statement of the array has',
    received: JSON.stringify(id),
    section: 'xAPI 1.0.3, Communication 2.1.2; xAPI 2.0, 4.1.6.1',
  });
}
