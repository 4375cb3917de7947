import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { INDEX_ATTRIBUTES, type IndexName, type Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { STATEMENTS } from '#storage/dynamodb/tables.ts';

/** A filter of the rows that a query reads, in the terms of DynamoDB's expressions. */
export interface RowFilter {
  readonly expression: string;
  readonly values: Item;
}

const { verb: VERB, activity: ACTIVITY } = INDEX_ATTRIBUTES;

/**
 * Leaves out what certainly does not meet a filter of verb or activity, so that DynamoDB neither sends it nor anybody reads
 * its body. Only of a statement about an activity, which refers to no other, do its own verb and activity decide; and what
 * is let through is still to be checked.
 *
 * @param index whose rows are read; it has to carry what is looked at
 * @returns undefined when there is nothing to be left out
 */
export function rowFilter(keyspace: Keyspace, index: IndexName, filters: KeyFilters): RowFilter | undefined {
  const activity = filters.relatedActivities === true ? undefined : filters.activity;
  const conditions = [
    { name: VERB, value: filters.verb, prefix: ':verb' },
    { name: ACTIVITY, value: activity, prefix: ':activity' },
  ].flatMap(({ name, value, prefix }) => (value === undefined ? [] : [{ name, value, prefix }]));
  if (conditions.length === 0 || !isCarried(index, [ACTIVITY, ...conditions.map(({ name }) => name)])) return undefined;
  // Also where the statement has a pack instead of a row. The key of an index cannot be filtered by, but is there.
  const needed = new Set([ACTIVITY, ...conditions.map(({ name }) => name)]).difference(
    new Set([INDEX_ATTRIBUTES[index]]),
  );
  const undecided = Array.from(needed, (name) => `attribute_not_exists(${name})`).join(' OR ');
  const met = conditions.map(({ name, prefix }) => `begins_with(${name}, ${prefix})`);
  return {
    expression: `${undecided} OR (${met.join(' AND ')})`,
    values: Object.fromEntries(conditions.map(({ value, prefix }) => [prefix, { S: keyspace.indexPrefix(value) }])),
  };
}

function isCarried(index: IndexName, names: readonly string[]): boolean {
  const definition = STATEMENTS.indexes.find(({ name }) => name === index);
  const carried = [definition?.partitionKey, ...(definition?.include ?? [])];
  return names.every((name) => carried.includes(name));
}
