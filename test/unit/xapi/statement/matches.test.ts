import { describe, expect, it } from 'vitest';
import { aStatement, anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';
import { matchesFilters } from '#xapi/statement/matches.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';

const TARGET_ID = '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001';

const target = statementKeys(
  aStatement({
    context: {
      registration: TARGET_ID,
      instructor: anAgent('ian'),
      contextActivities: { parent: [anActivity('course')] },
    },
    authority: anAgent('lms'),
  }),
);
const referring = statementKeys(
  aStatement({
    actor: anAgent('bob'),
    verb: { id: 'http://example.com/verbs/confirmed' },
    object: { objectType: 'StatementRef', id: TARGET_ID },
    authority: anAgent('other-lms'),
  }),
);
const chain = [referring, target];

describe('filters of GET statements (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('match everything when there are none', () => {
    expect(matchesFilters([target], {})).toBe(true);
  });

  it.each([
    { agent: ifiOfAgent('ann') },
    { activity: anActivity('meeting').id },
    { registration: TARGET_ID },
    { agent: ifiOfAgent('ian'), relatedAgents: true },
    { agent: ifiOfAgent('lms'), relatedAgents: true },
    { activity: anActivity('course').id, relatedActivities: true },
    { agent: ifiOfAgent('ann'), verb: 'http://example.com/verbs/attended' },
  ])('match a statement and one that refers to it: %o', (filters) => {
    expect(matchesFilters([target], filters)).toBe(true);
    expect(matchesFilters(chain, filters)).toBe(true);
    expect(matchesFilters([referring], filters)).toBe(false);
  });

  it.each([
    { agent: ifiOfAgent('ian') },
    { agent: ifiOfAgent('lms') },
    { activity: anActivity('course').id },
    { agent: ifiOfAgent('ann'), verb: 'http://example.com/verbs/other' },
  ])('do not match related keys or other values: %o', (filters) => {
    expect(matchesFilters(chain, filters)).toBe(false);
  });

  it('are met by different statements of a chain', () => {
    expect(matchesFilters(chain, { agent: ifiOfAgent('bob'), activity: anActivity('meeting').id })).toBe(true);
  });
});
