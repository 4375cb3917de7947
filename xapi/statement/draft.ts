import { contextActivityLists } from '#xapi/statement/context-activities.ts';
import { isSubStatement, type StatementObject } from '#xapi/statement/object-type.ts';
import type { Actor, Context, Statement, StatementDraft } from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';

/** What a statement without `version` gets (xAPI 1.0.3, Data 2.4.10; xAPI 2.0, 4.2.4.3). */
const IMPLIED_VERSION: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };

export interface Completion {
  /** The id of the statement, or a new UUID when it was sent without one. */
  readonly id: string;
  /** Who vouches for it: replaces what the client said (xAPI 1.0.3, Data 2.4.9). */
  readonly authority: Actor;
  /** The version of the request. */
  readonly version: XapiVersion;
}

/**
 * Completes a validated statement with everything but its times.
 *
 * @param value plain JSON values
 * @param exact the same statement, with numbers a double cannot hold kept as source text
 */
export function draftStatement(value: Statement, exact: Statement, completion: Completion): StatementDraft {
  const id = completion.id.toLowerCase();
  const { authority, version } = completion;
  const complete = (statement: Statement): Statement => ({
    ...withContextLists(statement),
    id,
    object: completeObject(statement.object),
    authority,
    version: statement.version ?? IMPLIED_VERSION[version],
  });
  const completed = complete(value);
  return { id, version, value: completed, exact: exact === value ? completed : complete(exact) };
}

function completeObject(object: StatementObject): StatementObject {
  return isSubStatement(object) ? withContextLists(object) : object;
}

/** Context activities are returned as arrays, even those that arrived alone (xAPI 1.0.3, Data 2.4.6.2). */
function withContextLists<S extends { readonly context?: Context }>(statement: S): S {
  const { context } = statement;
  if (context?.contextActivities === undefined) return statement;
  return { ...statement, context: { ...context, contextActivities: contextActivityLists(context.contextActivities) } };
}
