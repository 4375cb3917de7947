import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitJoinedParts } from '#http/multipart/split-joined-parts.ts';
import type { Part } from '#http/multipart/parse-multipart.ts';
import { problemOf } from '#test/support/problem-of.ts';
import { sha256Of } from '#test/support/signed-statements.ts';

const BOUNDARY = 'a-boundary';

describe('attachments with no line end between them', () => {
  it('are split where the content has its hash', () => {
    const joined = `one--${BOUNDARY}\r\nX-Experience-API-Hash: ${sha256Of(Buffer.from('two'))}\r\n\r\ntwo`;
    const parts = splitJoinedParts(aPart(joined, 'one'), BOUNDARY);
    expect(parts.map(({ content }) => Buffer.from(content).toString())).toEqual(['one', 'two']);
    expect(parts[1]?.headers).toEqual({ 'x-experience-api-hash': sha256Of(Buffer.from('two')) });
  });

  it('are refused when no part follows', () => {
    const { code } = problemOf(() => splitJoinedParts(aPart(`one--${BOUNDARY}\r\nno part`, 'one'), BOUNDARY));
    expect(code).toBe('body-invalid');
  });

  it('are not seen in a part whose content has its hash as it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\r\n', `--${BOUNDARY}`, '--')), (pieces) => {
        const part = aPart(pieces.join(''), pieces.join(''));
        expect(splitJoinedParts(part, BOUNDARY)).toEqual([part]);
      }),
    );
  });
});

/** @param hashed what the hash of the part is that of */
function aPart(content: string, hashed: string): Part {
  return { headers: { 'x-experience-api-hash': sha256Of(Buffer.from(hashed)) }, content: Buffer.from(content) };
}
