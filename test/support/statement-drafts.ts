import { draftStatement } from '#xapi/statement/draft.ts';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { aStatement, anAgent } from '#test/support/statements.ts';

/** A UUID that tells its number. */
export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A statement ready to be stored; its authority is the agent `lms`, unless it says otherwise. */
export function aDraft(id: string, overrides: Partial<Statement> = {}): StatementDraft {
  const { authority = anAgent('lms'), ...rest } = overrides;
  const statement = aStatement({ timestamp: '2026-01-02T03:04:05Z', ...rest });
  return draftStatement(statement, statement, { id, authority, version: '2.0.0' });
}

export function aReference(id: string, target: string, overrides: Partial<Statement> = {}): StatementDraft {
  return aDraft(id, { object: { objectType: 'StatementRef', id: target }, ...overrides });
}

export function aVoiding(id: string, target: string): StatementDraft {
  return aReference(id, target, { verb: { id: VOIDING_VERB } });
}

/** Drafts with the ids `uuidOf(first)` and following. */
export function drafts(
  count: number,
  first: number,
  overrides: (index: number) => Partial<Statement> = () => ({}),
): StatementDraft[] {
  return Array.from({ length: count }, (_, index) => aDraft(uuidOf(first + index), overrides(index)));
}

export function idsOf(array: readonly StatementDraft[]): readonly string[] {
  return array.map(({ id }) => id);
}
