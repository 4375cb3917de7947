import type { Activity, Actor, Statement, StatementRef, SubStatement } from '#xapi/statement/statement.ts';

/** What a statement or a SubStatement is about (xAPI 1.0.3, Data 2.4.4). */
export type StatementObject = Statement['object'];

/** An object without `objectType` is an Activity (xAPI 1.0.3, Data 2.4.4). */
export function isActivity(object: StatementObject): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

export function isActor(object: StatementObject): object is Actor {
  return object.objectType === 'Agent' || object.objectType === 'Group';
}

export function isStatementRef(object: StatementObject): object is StatementRef {
  return object.objectType === 'StatementRef';
}

export function isSubStatement(object: StatementObject): object is SubStatement {
  return object.objectType === 'SubStatement';
}
