import { describe, expect, it } from 'vitest';
import { legible, printableJson } from '#cli/output/legible.ts';
import { createProgress } from '#cli/output/progress.ts';
import { readable, readableAgent, readableMembers, readableTime } from '#cli/output/values.ts';
import { aShell } from '#test/support/cli-shell.ts';

describe('values for people', () => {
  it.each([
    [undefined, ''],
    ['text', 'text'],
    [20_000_000, '20,000,000'],
    [true, 'yes'],
    [['all', 'admin'], 'all, admin'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j is %j', (value, text) => {
    expect(readable(value)).toBe(text);
  });

  it('are times in UTC', () => {
    expect(readableTime('2026-11-22T09:04:22.123Z')).toBe('2026-11-22 09:04:22Z');
    expect(readableTime(Date.parse('2026-11-22T09:04:22.123Z'))).toBe('2026-11-22 09:04:22Z');
    expect(readableTime('never')).toBe('never');
    expect(readableTime(undefined)).toBe('');
    expect(readableTime('1970-01-01T00:00:00.000Z')).toBe('');
  });

  it('are members with their names', () => {
    expect(readableMembers({ perSecond: 100, perDay: 5_000 })).toBe('perSecond: 100, perDay: 5,000');
    expect(readableMembers({})).toBe('');
  });

  it.each([
    [{ mbox: 'mailto:a@example.com', name: 'Ann' }, 'mailto:a@example.com'],
    [{ account: { homePage: 'https://lms.example.com', name: 'ann' } }, 'ann of https://lms.example.com'],
    [{ openid: 'https://ann.example.com' }, 'https://ann.example.com'],
  ])('are agents by what identifies them', (agent, text) => {
    expect(readableAgent(agent)).toBe(text);
  });
});

describe('what is printed', () => {
  it('has nothing that a terminal obeys', () => {
    expect(legible('a\u001B[31mred\nline\u202Etxt\u009B')).toBe('a·[31mred\nline·txt·');
  });

  it('is the same as JSON', () => {
    const value = { label: 'a\u001B[31m\u009B\u202E\u{E0001}\u2028é😀' };
    const text = printableJson(value);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}|\u2028/u);
    expect(text).toContain('é😀');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('progress', () => {
  it('is one line that is written over, a few times a second, and taken away', () => {
    let now = 0;
    const shell = aShell({ showsProgress: true, now: () => now });
    const progress = createProgress(shell);
    for (; now < 250; now += 10) progress.update(`${now}`);
    progress.end();
    expect(shell.messages()).toBe('\r\u001B[K0\r\u001B[K100\r\u001B[K200\r\u001B[K');
  });

  it('is not shown where nobody looks', () => {
    const shell = aShell();
    const progress = createProgress(shell);
    progress.update('1');
    progress.end();
    expect(shell.messages()).toBe('');
  });
});
