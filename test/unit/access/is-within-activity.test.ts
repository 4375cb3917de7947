import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinActivity } from '#access/is-within-activity.ts';

const COURSE = 'https://x.example/course1';

describe('an activity with all below it', () => {
  it.each([
    [COURSE, COURSE],
    [COURSE, `${COURSE}/module`],
    [COURSE, `${COURSE}?module=2`],
    [COURSE, `${COURSE}#module`],
    [`${COURSE}/`, `${COURSE}/module`],
    [`${COURSE}?`, `${COURSE}?id=2`],
    [`${COURSE}#`, `${COURSE}#2`],
    ['urn:example:course1', 'urn:example:course1:module'],
    ['urn:example:course1:', 'urn:example:course1:module'],
    ['urn:example:course1', 'urn:example:course1/module'],
  ])('%s holds %s', (activity, id) => {
    expect(isWithinActivity(activity, id)).toBe(true);
  });

  it.each([
    [COURSE, 'https://x.example/course10'],
    [COURSE, 'https://x.example/course'],
    [COURSE, `${COURSE}-draft`],
    [COURSE, `${COURSE}.`],
    [COURSE, `${COURSE}%2Fmodule`],
    [COURSE, `${COURSE}:8080`],
    [COURSE, 'HTTPS://x.example/course1/module'],
    [COURSE, `https://other.example/?from=${COURSE}/module`],
    [`${COURSE}/`, COURSE],
    ['https://x.example', 'https://x.example:8080/course1'],
    ['https://x.example', 'https://x.example.evil/course1'],
    ['urn:example:course1', 'urn:example:course10'],
    ['', 'https://x.example/course1'],
    ['', '/course1'],
  ])('%s does not hold %s', (activity, id) => {
    expect(isWithinActivity(activity, id)).toBe(false);
  });

  const ids = fc.stringMatching(/^(a|urn|x:\/\/a)[ab/?#:]{0,6}$/u);

  it('holds what is below anything that it holds', () => {
    fc.assert(
      fc.property(ids, ids, ids, (first, second, third) => {
        const inner = `${first}${second}`;
        const below = `${inner}${third}`;
        // A second authority makes `:` stand before a port, where it stood between the names of a URN.
        fc.pre(isWithinActivity(first, inner) && isWithinActivity(inner, below));
        fc.pre(inner.includes('//') === below.includes('//'));
        expect(isWithinActivity(first, below)).toBe(true);
      }),
    );
  });

  it('holds nothing that does not begin with it', () => {
    fc.assert(
      fc.property(ids, ids, (activity, id) => {
        expect(!isWithinActivity(activity, id) || id.startsWith(activity)).toBe(true);
      }),
    );
  });
});
