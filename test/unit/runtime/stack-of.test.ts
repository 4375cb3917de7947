import { describe, expect, it } from 'vitest';
import { stackOf } from '#runtime/stack-of.ts';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
};

describe('the stack of what was thrown', () => {
  it('has the stacks of its causes, also when they form a circle', () => {
    const first = new Error('first');
    const second = new TypeError('second', { cause: first });
    expect(stackOf(second)).toMatch(/^TypeError: second\n[^]*\ncaused by Error: first\n/u);
    first.cause = second;
    expect(stackOf(second)).toContain('caused by TypeError: second');
  });

  it('does not quote the text that JSON.parse refused', () => {
    const stack = stackOf(new Error('outer', { cause: parse('Ann Example') }));
    expect(stack).toMatch(/caused by SyntaxError: a text could not be parsed\n +at /u);
    expect(stack).not.toContain('Ann');
  });

  it('is the text of what is no error', () => {
    expect(stackOf('thrown')).toBe('thrown');
  });
});
