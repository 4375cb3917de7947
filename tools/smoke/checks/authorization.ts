import { describeAnswer, memberIn } from '../answer.ts';
import type { Check } from '../check.ts';
import { basic } from '../client.ts';

/** At least one of these is beyond whoever may not do everything; none of them changes anything. */
const ATTEMPTS = [
  { method: 'GET', path: '/statements' },
  { method: 'GET', path: '/activities/state' },
  { method: 'GET', path: '/activities/profile' },
  { method: 'POST', path: '/statements' },
  { method: 'DELETE', path: '/activities/state' },
  { method: 'DELETE', path: '/activities/profile' },
] as const;

export const authorization: Check = {
  name: 'authorization',
  proves: 'A credential that may not do everything is told so by 403.',
  skips: ({ limited }) =>
    limited === undefined ? 'needs --limited-key and --limited-secret, a credential without the scope all' : undefined,
  run: async ({ send, verify, limited, note }) => {
    if (limited === undefined) return;
    const refused: string[] = [];
    for (const attempt of ATTEMPTS) {
      const answer = await send({ ...attempt, headers: { authorization: basic(limited) } });
      if (answer.status === 403 && memberIn(answer, 'code') === 'not-permitted') refused.push(answer.request);
      verify(![401, 403].includes(answer.status) || refused.includes(answer.request), {
        expected: 'the LRS’s own 403 with the code not-permitted, or what a permitted request gets',
        received: describeAnswer(answer),
        meaning: 'Clients do not learn that their credential is good but has not the scope they need.',
        advice: 'For a 401 compare --limited-key and --limited-secret with what was created; else ask who answers.',
      });
    }
    note(`403 to ${refused.length} of ${ATTEMPTS.length} requests`);
    verify(refused.length > 0, {
      expected: `403 to at least one of ${ATTEMPTS.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
      received: 'none',
      meaning: 'Whoever holds this credential may do everything.',
      advice: 'Give a credential with the scope statements/read, for example. If this one has no other, scopes fail.',
    });
  },
};
