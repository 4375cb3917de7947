import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** Longer chains of references are cut: nobody reads them, and each link costs a read. */
export const CHAIN_LIMIT = 50;

export interface TargetChain {
  /** The keys of the statement that is referred to, of the one it refers to, and so on. */
  readonly keys: readonly StatementKeys[];
  /** The id at the end of the chain, when there is no such statement. */
  readonly missing: string | undefined;
}

/**
 * Follows StatementRefs (xAPI 1.0.3, Communication 2.1.3); chains may be cyclic.
 *
 * @param from the statement that refers to `first`
 * @param keysOf the keys of a statement, undefined when it does not exist
 */
export async function followTargets(
  from: string,
  first: string,
  keysOf: (id: string) => Promise<StatementKeys | undefined>,
): Promise<TargetChain> {
  const keys: StatementKeys[] = [];
  const visited = new Set([from]);
  let id: string | undefined = first;
  while (id !== undefined && keys.length < CHAIN_LIMIT && !visited.has(id)) {
    visited.add(id);
    const link: StatementKeys | undefined = await keysOf(id);
    if (link === undefined) return { keys, missing: id };
    keys.push(link);
    id = link.target;
  }
  return { keys, missing: undefined };
}
