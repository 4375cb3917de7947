import { describe, expect, it } from 'vitest';
import { replaceSection } from '#bench/support/section.ts';

const PAGE = ['# Page', '<!-- begin: a -->', 'old', '<!-- end -->', '<!-- begin: b -->', 'kept', '<!-- end -->'].join(
  '\n',
);

describe('what a benchmark writes into a page', () => {
  it('replaces what it has written before, and nothing else', () => {
    expect(replaceSection(PAGE, 'a', 'new')).toBe(
      ['# Page', '<!-- begin: a -->', '', 'new', '', '<!-- end -->', '<!-- begin: b -->', 'kept', '<!-- end -->'].join(
        '\n',
      ),
    );
  });

  it('can be written again and again', () => {
    const once = replaceSection(PAGE, 'b', 'new');
    expect(replaceSection(once, 'b', 'new')).toBe(once);
  });

  it('needs a place on the page', () => {
    expect(() => replaceSection(PAGE, 'c', 'new')).toThrow('no place');
  });
});
