import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { actors } from '#test/support/arbitraries.ts';
import { problemOf } from '#test/support/problem-of.ts';
import { validateAgent } from '#xapi/agent/validate-agent.ts';

describe('agent parameter of a request', () => {
  it('is any Agent or Group that a statement may have', () => {
    fc.assert(
      fc.property(actors, (actor) => {
        expect(validateAgent(actor, '2.0.0', 'agent')).toBe(actor);
      }),
    );
  });

  it.each([
    ['ann', 'agent'],
    [{}, 'agent'],
    [{ mbox: 'ann@example.com' }, 'agent.mbox'],
    [{ mbox: 'mailto:ann@example.com', role: 'tutor' }, 'agent.role'],
    [{ objectType: 'Person', mbox: 'mailto:ann@example.com' }, 'agent.objectType'],
    [{ account: { name: 'ann' } }, 'agent.account.homePage'],
    [{ objectType: 'Group' }, 'agent.member'],
  ])('is not %j', (value, path) => {
    expect(problemOf(() => validateAgent(value, '1.0.3', 'agent'))).toMatchObject({ code: 'parameter-invalid', path });
  });
});
