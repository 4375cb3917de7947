import { describe, expect, it } from 'vitest';
import { readCount } from '#cli/options/count.ts';
import { readList } from '#cli/options/list.ts';
import { headText, readNotedHead } from '#cli/options/noted-head.ts';
import { readScopes } from '#cli/options/scopes.ts';

describe('a list', () => {
  it('is separated by commas or spaces, and has each value once', () => {
    expect(readList('--origins', 'https://a.example, https://b.example https://a.example')).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('names something', () => {
    expect(() => readList('--origins', ' , ')).toThrow('--origins names nothing.');
  });
});

describe('scopes', () => {
  it('are those there are', () => {
    expect(readScopes('statements/write,state')).toEqual(['statements/write', 'state']);
    expect(() => readScopes('all,everything')).toThrow(/^--scopes has "everything"; there are statements\/write, /u);
  });
});

describe('a count', () => {
  it('is a whole number within bounds', () => {
    expect(readCount('--minutes', '60', { min: 1, max: 1_440 })).toBe(60);
    for (const text of ['0', '1441', '-1', '1.5', '1e2', '', ' 1']) {
      expect(() => readCount('--minutes', text, { min: 1, max: 1_440 })).toThrow('a whole number from 1 to 1440');
    }
  });
});

describe('a noted head', () => {
  const head = { sequence: 42, hash: 'ab'.repeat(32) };

  it('is read as it was printed', () => {
    expect(readNotedHead(headText(head))).toEqual(head);
    expect(readNotedHead(headText(head).toUpperCase())).toEqual(head);
  });

  it.each(['42', '42:', `0:${head.hash}`, `42:${head.hash}0`, `-1:${head.hash}`, `42:${'x'.repeat(64)}`])(
    'is not %s',
    (text) => {
      expect(() => readNotedHead(text)).toThrow('--expect is');
    },
  );
});
