import { actorCells } from '#lake/rows/actor-cells.ts';
import { displayText } from '#lake/rows/display-text.ts';
import type { RowContext, StatementRow } from '#lake/rows/row.ts';
import { isActivity, isActor, isStatementRef, type StatementObject } from '#xapi/statement/object-type.ts';

type ObjectCells = Pick<StatementRow, 'object_type' | 'object_id' | 'object_name' | 'object_activity_type'>;

/** What a statement is about (xAPI 1.0.3, Data 2.4.4). The name of a person is not among it. */
export function objectCells(object: StatementObject, { keys, languages }: RowContext): ObjectCells {
  const nothing = { object_id: null, object_name: null, object_activity_type: null };
  if (isActivity(object)) {
    return {
      object_type: 'Activity',
      object_id: object.id,
      object_name: displayText(object.definition?.name, languages),
      object_activity_type: object.definition?.type ?? null,
    };
  }
  if (isActor(object)) {
    const { type, key } = actorCells(object, keys);
    return { ...nothing, object_type: type, object_id: key };
  }
  if (isStatementRef(object)) return { ...nothing, object_type: 'StatementRef', object_id: object.id.toLowerCase() };
  return { ...nothing, object_type: 'SubStatement' };
}
