import { describe, expect, it } from 'vitest';
import { WrongAnswer } from '#bench/load/checks.ts';
import { moreIn } from '#bench/load/more-in.ts';

/** @param cut where its second part begins */
function moreOf(text: string, { status = 200, cut = 0 } = {}): string {
  const body = Buffer.from(text);
  return moreIn({ status, parts: [body.subarray(0, cut), body.subarray(cut)], body, consistentThrough: undefined });
}

const OTHER = '{"id":"1","result":{"extensions":{"more":"/other"}}}';

describe('the link to the next page', () => {
  it.each([
    ['at the end', '{"statements":[],"more":"/xapi/statements?more=a"}'],
    ['with white space', '{ "statements": [], "more" : "/xapi/statements?more=a" }\n'],
    ['with escapes', String.raw`{"statements":[],"more":"\/xapi\/statements?mor\u0065=a"}`],
    ['behind a statement that has such a member', `{"statements":[${OTHER}],"more":"/xapi/statements?more=a"}`],
    ['in front of such a statement', `{"more":"/xapi/statements?more=a","statements":[${OTHER}]}`],
    ['in front of another member', '{"statements":[],"more":"/xapi/statements?more=a","took":1}'],
  ])('is found %s', (_, body) => {
    expect(moreOf(body)).toBe('/xapi/statements?more=a');
  });

  it('is found wherever the parts of the answer end', () => {
    const body = `{"statements":[${OTHER}],"more":"/xapi/statements?more=a"}`;
    for (const cut of body.split('').keys()) expect(moreOf(body, { cut })).toBe('/xapi/statements?more=a');
  });

  it('may hold quotation marks and backslashes', () => {
    expect(moreOf(JSON.stringify({ statements: [], more: '/a?"}\\' }))).toBe('/a?"}\\');
  });

  it.each([
    ['empty', '{"statements":[],"more":""}'],
    ['absent', '{"statements":[]}'],
    ['absent, though a statement has such a member', `{"statements":[${OTHER}]}`],
  ])('is none where it is %s', (_, body) => {
    expect(moreOf(body)).toBe('');
  });

  it('is not looked for in what is no page', () => {
    expect(() => moreOf('{"more":"/a"}', { status: 500 })).toThrow(WrongAnswer);
    expect(() => moreOf('{}')).toThrow('a page without statements');
  });
});
