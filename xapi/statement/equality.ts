import { comparableMbox } from '#xapi/data-types/mbox.ts';
import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';
import { isJsonObject } from '#xapi/json/json-value.ts';
import { canonicalText } from '#xapi/statement/canonical-text.ts';
import {
  caseInsensitive,
  ignored,
  members,
  unlessDefault,
  unordered,
  type ComparisonRule,
} from '#xapi/statement/comparison-rule.ts';

/** What the LRS sets when the client did not: compared only when both statements have it. */
const ASSIGNED = ['id', 'timestamp'] as const;

const mbox: ComparisonRule = (value) => (typeof value === 'string' ? comparableMbox(value) : value);

/** Timestamps are compared as points in time, to the millisecond (xAPI 1.0.3, Data 2.3.1 and 4.5). */
const instant: ComparisonRule = (value) => {
  const milliseconds = typeof value === 'string' ? timestampMilliseconds(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? value : milliseconds;
};

/**
 * Durations are compared as text (xAPI 1.0.3, Data 2.3.1), except that seconds count to the hundredth
 * (xAPI 1.0.3, Data 4.6; xAPI 2.0, 4.2.7): P1DT0.1237S is P1DT0.12S.
 */
const duration: ComparisonRule = (value) => {
  if (typeof value !== 'string') return value;
  return value.replace(/[.,](\d+)S$/u, (_, digits: string) => {
    const hundredths = digits.slice(0, 2).replace(/0+$/u, '');
    return hundredths === '' ? 'S' : `.${hundredths}S`;
  });
};

const agent = members({ objectType: unlessDefault('Agent'), mbox, mbox_sha1sum: caseInsensitive });

/** Members of a group are no ordered list (xAPI 1.0.3, Data 2.3.1). */
const actor = members({
  objectType: unlessDefault('Agent'),
  mbox,
  mbox_sha1sum: caseInsensitive,
  member: unordered(agent),
});

/** The display of a verb is not part of the statement (xAPI 1.0.3, Data 2.3.1). */
const verb = members({ display: ignored });

/** The definition of an activity is not part of the statement (xAPI 1.0.3, Data 2.3.1). */
const activity = members({ objectType: unlessDefault('Activity'), definition: ignored });

const reference = members({ id: caseInsensitive });

const contextActivities = members({
  parent: unordered(activity),
  grouping: unordered(activity),
  category: unordered(activity),
  other: unordered(activity),
});

const relevantTypes = unordered((type) => type);

const context = members({
  registration: caseInsensitive,
  instructor: actor,
  team: actor,
  contextActivities,
  contextAgents: unordered(members({ agent, relevantTypes })),
  contextGroups: unordered(members({ group: actor, relevantTypes })),
  language: caseInsensitive,
  statement: reference,
});

const shared = {
  actor,
  verb,
  result: members({ duration }),
  context,
  timestamp: instant,
  attachments: unordered(members({ sha2: caseInsensitive })),
};

const subStatement = members({ ...shared, object: objectOf });

const statement = members({
  ...shared,
  object: objectOf,
  id: caseInsensitive,
  authority: ignored,
  stored: ignored,
  version: ignored,
});

function objectOf(object: unknown): unknown {
  const type = isJsonObject(object) ? object['objectType'] : undefined;
  if (type === 'SubStatement') return subStatement(object);
  if (type === 'StatementRef') return reference(object);
  return type === 'Agent' || type === 'Group' ? actor(object) : activity(object);
}

/**
 * Whether two statements are the same one (xAPI 1.0.3, Data 2.3.1, "Statement Comparison Requirements"; xAPI 2.0,
 * 4.2.7 for durations). What the LRS sets or may change is not compared, nor are verb displays and activity
 * definitions. The rules of both versions are the same.
 *
 * @param a plain JSON values; need not be valid
 */
export function equalStatements(a: unknown, b: unknown): boolean {
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const absent = new Set<string>(ASSIGNED.filter((name) => !Object.hasOwn(a, name) || !Object.hasOwn(b, name)));
  const comparable = (value: object): string =>
    canonicalText(statement(Object.fromEntries(Object.entries(value).filter(([name]) => !absent.has(name)))));
  return comparable(a) === comparable(b);
}
