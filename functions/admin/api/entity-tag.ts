import { incarnationOf } from '#access/incarnation.ts';

/** What can be changed. */
export interface Revised {
  readonly revision: number;
  /** Of what can be deleted and made again. */
  readonly linkSecret?: string;
}

/** The ETag of this revision: none of whatever had the same name before. */
export function entityTag({ revision, linkSecret }: Revised): string {
  return linkSecret === undefined ? `"${revision}"` : `"${revision}-${incarnationOf({ linkSecret })}"`;
}
