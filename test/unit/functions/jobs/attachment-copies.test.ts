import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AttachmentCopies } from '#functions/jobs/export/attachment-copies.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { anAgent, aStatement } from '#test/support/statements.ts';

const CONTENTS = 40;
/** Contents that may be in memory at once. */
const AT_ONCE = 4;

function hashOf(number: number): string {
  return createHash('sha256').update(String(number)).digest('hex');
}

function aStatementWith(count: number) {
  const attachments = Array.from({ length: count }, (_, number) => ({
    usageType: 'http://example.com/usage',
    display: { en: 'Video' },
    contentType: 'video/mp4',
    length: 1,
    sha2: hashOf(number),
    fileUrl: 'http://example.com/video',
  }));
  const id = randomUUID();
  const text = JSON.stringify({ ...aStatement(), id, authority: anAgent('lms'), attachments });
  return { id, at: '', text, bytes: Buffer.byteLength(text), voided: false };
}

describe('the attachments of a statement', () => {
  it('are copied while few of them are in memory, and the job is kept meanwhile', async () => {
    let held = 0;
    let most = 0;
    let beats = 0;
    const written: string[] = [];
    const attachments = {
      get: () => {
        held += 1;
        most = Math.max(most, held);
        return Promise.resolve(new Uint8Array());
      },
    };
    const put: ObjectStore['put'] = (key) => {
      held -= 1;
      written.push(key);
      return Promise.resolve();
    };
    const pace = { beat: () => Promise.resolve(void (beats += 1)) };
    const ref = { store: 'default', id: 'job' };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is used
    const copies = new AttachmentCopies({ attachments, objects: { put } as ObjectStore }, ref);
    await copies.add([aStatementWith(CONTENTS)], pace);
    expect(written).toHaveLength(CONTENTS);
    expect(most).toBe(AT_ONCE);
    expect(beats).toBe(CONTENTS);
  });
});
