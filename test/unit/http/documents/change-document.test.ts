import { setImmediate as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { changeDocument } from '#http/documents/change-document.ts';
import type { Document, DocumentCondition, DocumentKey, DocumentStore } from '#storage/document-store.ts';
import { Turns } from '#storage/turns.ts';

const KEY: DocumentKey = {
  store: 'default',
  resource: 'state',
  owner: ['http://example.com/course', 'agent'],
  id: '1',
};
const POST = { version: '1.0.3', headers: {}, method: 'POST' } as const;

/** A process that adds to what one document holds, and the outcomes of its writes. */
class Process {
  readonly writes: boolean[] = [];
  readonly #turns = new Turns();
  readonly #documents: SlowDocument;

  constructor(documents: SlowDocument) {
    this.#documents = documents;
  }

  add(text: string): Promise<void> {
    return changeDocument({ documents: this.#documents, turns: this.#turns }, KEY, POST, async (current, condition) => {
      const isWritten = await this.#documents.put(KEY, aDocument(`${contentOf(current)}${text}`), condition);
      this.writes.push(isWritten);
      return isWritten;
    });
  }
}

/** Everybody else can do something before it has been read or written. */
class SlowDocument implements Pick<DocumentStore, 'get' | 'put'> {
  current: Document | undefined;

  async get(): Promise<Document | undefined> {
    await later();
    return this.current;
  }

  async put(_: DocumentKey, document: Document, condition: DocumentCondition): Promise<boolean> {
    await later();
    const etag = condition === 'absent' ? undefined : condition?.etag;
    if (condition !== undefined && this.current?.etag !== etag) return false;
    this.current = document;
    return true;
  }
}

function aDocument(text: string): Document {
  return { contentType: 'text/plain', content: Buffer.from(text), etag: `"${text}"`, updated: 0 };
}

function contentOf(document: Document | undefined): string {
  return document === undefined ? '' : Buffer.from(document.content).toString();
}

const letters = (count: number): readonly string[] => Array.from('abcdefghijklmnopqrstuvwxyz').slice(0, count);

describe('changes of one document that depend on what is there', () => {
  it('are written once each by one process, in the order in which they came', async () => {
    const document = new SlowDocument();
    const process = new Process(document);
    await Promise.all(letters(20).map((letter) => process.add(letter)));
    expect(contentOf(document.current)).toBe(letters(20).join(''));
    expect(process.writes).toEqual(letters(20).map(() => true));
  });

  it('are all made when several processes make them', async () => {
    const document = new SlowDocument();
    const [one, other] = [new Process(document), new Process(document)];
    await Promise.all(letters(20).map((letter, index) => (index % 2 === 0 ? one : other).add(letter)));
    expect(Array.from(contentOf(document.current)).toSorted()).toEqual(letters(20));
    expect([...one.writes, ...other.writes]).toContain(false);
  });
});
