import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { answerBytes } from '#storage/aws/answer-bytes.ts';

describe('the bytes of an answer', () => {
  it('are those of all its pieces', async () => {
    expect(await answerBytes(Readable.from([Buffer.from('an '), Buffer.from('answer')]))).toEqual(
      Buffer.from('an answer'),
    );
    expect(await answerBytes(Readable.from([]))).toEqual(Buffer.alloc(0));
  });

  it('are not given when it breaks off', async () => {
    const broken = new Readable({ read: () => {} });
    broken.push('an ');
    setImmediate(() => broken.destroy(new Error('aborted')));
    await expect(answerBytes(broken)).rejects.toThrow('aborted');
  });

  it('are not given when it ends before it is complete, whatever says so', async () => {
    const broken = new Readable({ read: () => {} });
    broken.push('an ');
    setImmediate(() => broken.destroy());
    await expect(answerBytes(broken)).rejects.toThrow('broke off');
  });
});
