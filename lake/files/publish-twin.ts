import { LAKE_TABLES } from '#lake/columns.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import { readManifest, replaceManifest } from '#lake/files/manifest.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/**
 * Makes the manifest of `statements_pseudonymous` name the twins of what that of `statements` names. Whoever changes the
 * one does this afterwards, and so does every compaction, because a process may die in between. Whatever the order in
 * which several do it, the last to end has seen both the same.
 *
 * @returns the names
 */
export async function publishTwin(objects: ObjectStore, partition: DayPartition): Promise<readonly string[]> {
  for (;;) {
    const twin = await readManifest(objects, LAKE_TABLES.pseudonymous, partition);
    const { names, text } = await readManifest(objects, LAKE_TABLES.statements, partition);
    if (text === undefined || isSame(names, twin.names)) return names;
    await replaceManifest(objects, LAKE_TABLES.pseudonymous, partition, twin, names);
  }
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, index) => name === others[index]);
}
