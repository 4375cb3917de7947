import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';

/** Who may read what of the lake; each kind has a workgroup, a policy and results of its own. */
export interface Readers {
  /** Behind the name of the LRS in that of their workgroup, and in front of the keys of their results. */
  readonly suffix: string;
  readonly who: string;
  readonly tables: readonly LakeTable[];
}

const ALL = Object.values<LakeTable>(LAKE_TABLES);

/**
 * Results of a query hold what its reader may know. So readers who may not know who learners are have another workgroup than
 * the others: in one they would read what others have asked.
 */
export const READERS = {
  full: { suffix: '', who: 'who may know who learners are', tables: ALL },
  pseudonymous: {
    suffix: '-pseudonymous',
    who: 'who may not know who learners are',
    tables: ALL.filter(({ personal }) => !personal),
  },
} as const satisfies Readonly<Record<string, Readers>>;

export type ReadersKey = keyof typeof READERS;

/** Prefixes of the keys of a table: its files, and the texts that name the current ones. */
export function prefixesOf({ folder }: LakeTable): readonly string[] {
  return [`lake/${folder}/`, `lake/current/${folder}/`];
}
