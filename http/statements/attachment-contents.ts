import type { AttachmentStore } from '#storage/attachment-store.ts';
import { chunksOf } from '#storage/bounded.ts';
import type { StoreId } from '#access/store.ts';
import { identityOf } from '#xapi/agent/identity.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { attachmentsOf } from '#xapi/attachment/attachments-of.ts';
import type { Attachment, Statement } from '#xapi/statement/statement.ts';
import { PART_BYTES } from '#http/statements/limits.ts';

/** Contents of up to 4 MiB that are read at once. */
const READS = 4;

/** What looking for a content that is not here takes of the room: a page must not become thousands of requests. */
const MISS_BYTES = 4 * 1024;

export interface AttachmentContent {
  readonly attachment: Attachment;
  readonly content: Uint8Array;
}

/** By lower-case hash. */
export type AttachmentContents = ReadonlyMap<string, AttachmentContent>;

export interface FoundContents {
  readonly contents: AttachmentContents;
  /** With what stands around each part, and what was looked for in vain; beyond the room when there are more than fit. */
  readonly bytes: number;
}

/**
 * Reads the contents of a statement's attachments as far as they fit. Those that can be had by no `fileUrl` come first:
 * they were accepted only because they fit.
 *
 * @param known are left out
 * @param room bytes
 */
export async function readContents(
  attachments: Pick<AttachmentStore, 'get'>,
  store: StoreId,
  statement: Statement,
  known: AttachmentContents,
  room: number,
): Promise<FoundContents> {
  const contents = new Map<string, AttachmentContent>();
  let bytes = 0;
  for await (const { sha2, attachment, content } of findContents(attachments, store, statement, known)) {
    bytes += content === undefined ? MISS_BYTES : content.length + PART_BYTES;
    if (bytes > room) return { contents, bytes };
    if (content !== undefined) contents.set(sha2, { attachment, content });
  }
  return { contents, bytes };
}

interface Found {
  /** In lower case. */
  readonly sha2: string;
  readonly attachment: Attachment;
  /** Undefined: it is not here. */
  readonly content: Uint8Array | undefined;
}

/**
 * Looks for the content of each attachment of a statement, a few at once: all of them may be more than memory holds.
 *
 * @param statement as it was stored, with its authority: what was sent under another one, or for another actor, is not
 *   for it
 * @param known are left out
 */
export async function* findContents(
  attachments: Pick<AttachmentStore, 'get'>,
  store: StoreId,
  statement: Statement,
  known: AttachmentContents = new Map(),
): AsyncGenerator<Found> {
  const authority = statement.authority && ifiOf(statement.authority);
  if (authority === undefined) return;
  const owner = { store, authority, actor: identityOf(statement.actor) };
  for (const chunk of chunksOf(wantedContents(statement, known), READS)) {
    yield* await Promise.all(
      chunk.map(async ([sha2, attachment]) => {
        const content = await attachments.get(owner, sha2);
        return { sha2, attachment, content };
      }),
    );
  }
}

function wantedContents(statement: Statement, known: AttachmentContents): readonly [string, Attachment][] {
  const wanted = new Map<string, Attachment>();
  const declared = attachmentsOf(statement);
  const inOrder = [...declared.filter(isSentOnly), ...declared];
  for (const attachment of inOrder) {
    const sha2 = attachment.sha2.toLowerCase();
    if (!known.has(sha2) && !wanted.has(sha2)) wanted.set(sha2, attachment);
  }
  return [...wanted];
}

function isSentOnly({ fileUrl }: Attachment): boolean {
  return fileUrl === undefined;
}
