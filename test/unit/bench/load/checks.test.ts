import { describe, expect, it } from 'vitest';
import { expectIds, expectOrder, expectStatements, expectStatus, pageIn, WrongAnswer } from '#bench/load/checks.ts';
import type { Answer } from '#bench/load/lrs-client.ts';

function anAnswer(content: unknown, status = 200): Answer {
  const body = Buffer.from(JSON.stringify(content));
  return { status, parts: [body], body, consistentThrough: undefined };
}

function aPage(...stored: readonly string[]) {
  const statements = stored.map((time, index) => ({ id: String(index), stored: time, verb: { id: 'v' } }));
  return pageIn(anAnswer({ statements, more: '' }));
}

const [EARLY, LATE] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];

describe('the check of an answer', () => {
  it('finds another status', () => {
    expect(() => expectStatus(anAnswer('gone', 404), 200)).toThrow(new WrongAnswer('404 instead of 200: "gone"'));
  });

  it('finds other ids than were sent, and another order of them', () => {
    expect(() => expectIds(anAnswer(['a', 'b']), ['a', 'b'])).not.toThrow();
    expect(() => expectIds(anAnswer(['b', 'a']), ['a', 'b'])).toThrow(WrongAnswer);
  });

  it('finds too few statements, too many, and such as do not match', () => {
    const page = aPage(LATE, EARLY);
    expect(() => expectStatements(page, { least: 1, most: 2 }, ({ verb }) => verb.id === 'v')).not.toThrow();
    expect(() => expectStatements(page, { least: 3, most: 4 }, () => true)).toThrow('2 statements instead of 3 to 4');
    expect(() => expectStatements(page, { least: 1, most: 1 }, () => true)).toThrow(WrongAnswer);
    expect(() => expectStatements(page, { least: 1, most: 2 }, ({ id }) => id === '0')).toThrow(
      'statement 1 does not match',
    );
  });

  it('finds statements out of order', () => {
    expect(() => expectOrder(aPage(LATE, EARLY), false)).not.toThrow();
    expect(() => expectOrder(aPage(LATE, EARLY), true)).toThrow(WrongAnswer);
    expect(() => expectOrder(aPage(EARLY, EARLY, LATE), true)).not.toThrow();
  });

  it('finds what is no page', () => {
    expect(() => pageIn(anAnswer({ more: '' }))).toThrow('a page without statements');
  });
});
