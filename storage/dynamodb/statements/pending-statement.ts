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
  readonly text: () => string;
  /** Characters of the text. */
  readonly length: number;
  /** The text as it is stored. */
  readonly body: Uint8Array;
}

/** Statements of an array up to which their texts are kept. Those of more take more than it takes to write them again. */
const TEXTS_KEPT = 500;

/** Gives the drafts their positions, in order. */
export function stampAll(drafts: readonly StatementDraft[], block: PositionBlock): readonly PendingStatement[] {
  const areTextsKept = drafts.length <= TEXTS_KEPT;
  const stamped = drafts.map((draft, index) => {
    const text = stampedText(draft, block.stored);
    return {
      id: draft.id,
      at: block.positions[index] ?? '',
      draft,
      keys: statementKeys(draft.value),
      text: areTextsKept ? keep(text) : () => stampedText(draft, block.stored),
      length: text.length,
      body: encodeBody(text),
    };
  });
  return withPlaces(stamped);
}

/** A function of its own, because those of one function keep all that any of them refers to. */
function keep(text: string): () => string {
  return () => text;
}
