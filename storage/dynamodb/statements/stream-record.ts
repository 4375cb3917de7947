import type { StatementChange } from '#storage/statement-changes.ts';

/** An attribute as the records of a stream have it when Lambda hands them on: bytes are base64. */
interface StreamAttribute {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
}

type Image = Readonly<Record<string, StreamAttribute>>;

/** What is read of a record, with images before and after the change. */
export interface StreamRecord {
  readonly dynamodb?: {
    readonly SequenceNumber?: string;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
  };
}

const STATEMENT_KEY = /^([^|]+)\|s\|([^|]+)$/u;

/**
 * What a change of an item of the Statements table means for the statement that it holds; most changes mean nothing: packs,
 * entries, journals, placeholders, and what writers note on a statement.
 *
 * @returns undefined when it means nothing
 */
export function readStreamRecord({ dynamodb = {} }: StreamRecord): StatementChange | undefined {
  const { SequenceNumber: sequence = '', NewImage: after = {}, OldImage: before = {} } = dynamodb;
  const isThere = after['p']?.S !== undefined;
  const was = before['p']?.S;
  // Another position is another statement: what an array that was given up had left under the same id is no loss.
  if (isThere && after['p']?.S !== was) return changeOf(sequence, after, 'stored');
  if (isThere) return isVoided(after) && !isVoided(before) ? changeOf(sequence, after, 'gone') : undefined;
  return was === undefined ? undefined : changeOf(sequence, before, 'gone');
}

function changeOf(sequence: string, image: Image, what: StatementChange['what']): StatementChange | undefined {
  const [, store, id] = STATEMENT_KEY.exec(image['pk']?.S ?? '') ?? [];
  if (store === undefined || id === undefined) return undefined;
  return {
    sequence,
    store,
    id,
    position: image['p']?.S ?? '',
    what,
    voided: isVoided(image),
    body: bodyOf(image),
    journal: image['j']?.S,
  };
}

function isVoided({ vb, va }: Image): boolean {
  return vb !== undefined || va !== undefined;
}

function bodyOf({ b, l, s3 }: Image): StatementChange['body'] {
  const inline = b?.B ?? l?.B;
  if (inline !== undefined) return { inline: Buffer.from(inline, 'base64') };
  return s3?.S === undefined ? undefined : { blob: s3.S };
}
