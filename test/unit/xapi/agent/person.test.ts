import { describe, expect, it } from 'vitest';
import { anAgent } from '#test/support/statements.ts';
import { personOf } from '#xapi/agent/person.ts';

describe('person (xAPI 1.0.3, Communication 2.4)', () => {
  it('has what the agent says when nothing else is known', () => {
    expect(personOf(anAgent('ann'), [])).toEqual({ objectType: 'Person', mbox: ['mailto:ann@example.com'] });
  });

  it('has all names, each once', () => {
    expect(personOf(anAgent('ann', { name: 'Ann' }), ['Anna', 'Ann']).name).toEqual(['Anna', 'Ann']);
    expect(personOf(anAgent('ann', { name: 'Annie' }), ['Anna']).name).toEqual(['Anna', 'Annie']);
  });

  it.each([
    { mbox_sha1sum: 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9' },
    { openid: 'http://openid.example.com/ann' },
    { account: { homePage: 'http://example.com', name: 'ann' } },
  ])('lists the identifier %o', (agent) => {
    const lists = Object.entries(agent).map(([name, value]) => [name, [value]]);
    expect(personOf(agent, [])).toEqual({ objectType: 'Person', ...Object.fromEntries(lists) });
  });
});
