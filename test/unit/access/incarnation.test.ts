import { describe, expect, it } from 'vitest';
import { incarnationOf } from '#access/incarnation.ts';
import { aCredential } from '#test/support/credentials.ts';

describe('incarnationOf', () => {
  it('is 16 hexadecimal digits of the SHA-256 of the link secret', () => {
    expect(incarnationOf({ linkSecret: 'abc' })).toBe('ba7816bf8f01cfea');
  });

  it('stays the same through all changes, and is another of another with the same key', () => {
    const first = incarnationOf(aCredential());
    expect(incarnationOf(aCredential({ secrets: [], disabled: true, revision: 7 }))).toBe(first);
    expect(incarnationOf(aCredential({ linkSecret: '00'.repeat(32) }))).not.toBe(first);
  });
});
