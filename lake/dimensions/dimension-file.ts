import { baseOf } from '#lake/files/file-name.ts';
import type { Manifest } from '#lake/files/manifest.ts';

/**
 * The name of a file of a dimension: the manifest that it is to take the place of, then what makes it differ from all
 * others that are to.
 *
 * @param id random
 */
export function dimensionFileName({ text }: Pick<Manifest, 'text'>, id: string): string {
  return `${baseOf(text)}_${id}.parquet`;
}

/** Whether a file is not current and never will be, however long who has written it slept. */
export function isGarbage(name: string, { names, text }: Pick<Manifest, 'names' | 'text'>): boolean {
  return !names.includes(name) && !name.startsWith(`${baseOf(text)}_`);
}
