import type { LakeStatement } from '#lake/rows/row.ts';
import { actorsOf } from '#xapi/agent/actors-of.ts';
import { contextActivitiesOf } from '#xapi/statement/context-activities.ts';
import { isSubStatement } from '#xapi/statement/object-type.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** Agents and activities that a statement may name for nothing: more than most do. */
const FREE = 20;
/** Characters that each of the others counts as: its cells and rows take a kilobyte or two, however short its id. */
const EACH = 150;

/** What a statement takes of the memory while it is brought in, in characters of usual JSON. */
export function weightOf({ text, value }: Pick<LakeStatement, 'text' | 'value'>): number {
  return text.length + EACH * Math.max(0, namedBy(value) - FREE);
}

function namedBy(statement: Statement): number {
  const { object, context } = statement;
  const inside = isSubStatement(object) ? contextActivitiesOf(object.context).length : 0;
  return actorsOf(statement).length + contextActivitiesOf(context).length + inside;
}
