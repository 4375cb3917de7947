import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { INDEX_ATTRIBUTES } from '#storage/dynamodb/statements/keyspace.ts';
import { BODY_ATTRIBUTES, statementKey } from '#storage/dynamodb/statements/statement-item.ts';
import type { Condition, Removal, Update } from '#storage/dynamodb/statements/statements-table.ts';

/**
 * A placeholder stands under the key of a statement that does not exist yet: it makes the statement's first write fail
 * once, so that the writer learns who waits for it. `n` is raised by everyone who starts to wait; the write then commits
 * only against the `n` whose waiting statements it has served, so that none is overlooked however they race.
 */
const RAISE = 'n = if_not_exists(n, :zero) + :one';
const COUNTING = { ':zero': { N: '0' }, ':one': { N: '1' } };
const INDEX_LIST = Object.values(INDEX_ATTRIBUTES).join(', ');

/** What was found under the key of a statement that does not exist. */
export interface Placeholder {
  /** Absent: nobody waits for the statement. */
  readonly waiting: number | undefined;
  readonly voidedBy: string | undefined;
  /** The aborted journal whose statement still stands there; whoever wants to wait takes it back before. */
  readonly remainderOf: string | undefined;
}

/** What the first write of a statement demands of its key. @param found undefined: nothing is expected there. */
export function notYetStored(found: Placeholder | undefined): Condition {
  if (found?.remainderOf !== undefined) return { expression: 'j = :j', values: { ':j': { S: found.remainderOf } } };
  if (found?.waiting === undefined) return { expression: 'attribute_not_exists(pk)' };
  return { expression: 'attribute_not_exists(p) AND n = :n', values: { ':n': { N: String(found.waiting) } } };
}

/** Starts to wait for a statement. Fails, giving the item, when it is there after all. */
export function waitFor(keyspace: Keyspace, id: string): Update {
  return {
    key: statementKey(keyspace, id),
    expression: `SET ${RAISE}`,
    condition: 'attribute_not_exists(p)',
    values: COUNTING,
  };
}

const TAKE_BACK = `REMOVE p, j, vo, va, k, ${BODY_ATTRIBUTES.join(', ')}, ${INDEX_LIST}`;

/** Takes back what an aborted journal left of a statement that somebody else met, and starts to wait for it. */
export function takeBack(keyspace: Keyspace, id: string, journal: string): Update {
  return {
    key: statementKey(keyspace, id),
    expression: `SET ${RAISE} ${TAKE_BACK}`,
    condition: 'j = :journal',
    values: { ...COUNTING, ':journal': { S: journal } },
  };
}

/** The same for the writer itself: the placeholder is again what it was, and another attempt may count on that. */
export function restorePlaceholder(keyspace: Keyspace, id: string, journal: string): Update {
  return {
    key: statementKey(keyspace, id),
    expression: TAKE_BACK,
    condition: 'j = :journal',
    values: { ':journal': { S: journal } },
  };
}

/** The same for a statement that nobody waits for: leaves nothing. */
export function removal(keyspace: Keyspace, id: string, journal: string): Removal {
  return {
    key: statementKey(keyspace, id),
    condition: 'j = :journal',
    values: { ':journal': { S: journal } },
  };
}

/** Voids a statement that exists: it leaves every index. Fails, giving the item, when it is a voiding statement. */
export function voidStored(keyspace: Keyspace, id: string, by: string): Update {
  return {
    key: statementKey(keyspace, id),
    expression: `SET vb = if_not_exists(vb, :by) REMOVE ${INDEX_LIST}`,
    condition: 'attribute_exists(p) AND attribute_not_exists(vo)',
    values: { ':by': { S: by } },
  };
}

/** Voids a statement that is still to come. Fails, giving the item, when it is there after all. */
export function voidAwaited(keyspace: Keyspace, id: string, by: string): Update {
  return {
    key: statementKey(keyspace, id),
    expression: `SET vb = if_not_exists(vb, :by), ${RAISE}`,
    condition: 'attribute_not_exists(p)',
    values: { ...COUNTING, ':by': { S: by } },
  };
}
