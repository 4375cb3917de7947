import { statementKeys, type StatementKeys } from '#xapi/statement/statement-keys.ts';
import { stampedText } from '#xapi/statement/stamp.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import type { PositionBlock } from '#storage/position.ts';
import type { Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import { encodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { type Places, withPlaces } from '#storage/dynamodb/statements/places.ts';

/** A statement with everything decided that does not depend on what is stored already. */
export interface PendingStatement extends Pointer, Places {
  readonly draft: StatementDraft;
  readonly keys: StatementKeys;
  /** JSON in `exact` format. */
  readonly text: string;
  /** The same as it is stored. */
  readonly body: Uint8Array;
}

/** Gives the drafts their positions, in order. */
export function stampAll(drafts: readonly StatementDraft[], block: PositionBlock): readonly PendingStatement[] {
  const stamped = drafts.map((draft, index) => {
    const text = stampedText(draft, block.stored);
    const at = block.positions[index] ?? '';
    return { id: draft.id, at, draft, text, keys: statementKeys(draft.value), body: encodeBody(text) };
  });
  return withPlaces(stamped);
}
