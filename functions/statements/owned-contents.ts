import type { AttachmentOwner } from '#storage/attachment-store.ts';
import { attachmentsOf } from '#xapi/attachment/attachments-of.ts';
import type { AttachmentContent } from '#xapi/attachment/pair-attachments.ts';
import { identityOf } from '#xapi/agent/identity.ts';
import type { Statement } from '#xapi/statement/statement.ts';

export interface OwnedContent extends AttachmentContent {
  readonly owner: AttachmentOwner;
}

/**
 * The contents that came with statements, once for each actor whose statements declare them.
 *
 * @param contents each once
 */
export function ownedContents(
  statements: readonly Statement[],
  contents: readonly AttachmentContent[],
  authority: Omit<AttachmentOwner, 'actor'>,
): readonly OwnedContent[] {
  if (contents.length === 0) return [];
  const actors = new Map<string, Set<string>>(contents.map(({ sha2 }) => [sha2, new Set()]));
  for (const statement of statements) {
    const actor = identityOf(statement.actor);
    for (const { sha2 } of attachmentsOf(statement)) actors.get(sha2.toLowerCase())?.add(actor);
  }
  return contents.flatMap((content) =>
    Array.from(actors.get(content.sha2) ?? [], (actor) => ({ ...content, owner: { ...authority, actor } })),
  );
}
