import { describeAnswer } from '../answer.ts';
import type { Check } from '../check.ts';

const OF_INTEREST = [
  'content-type',
  'x-experience-api-version',
  'access-control-allow-origin',
  'x-request-id',
] as const;

/** The gateway answers by itself: no function is asked, and its headers cannot be there. */
export const unknownPath: Check = {
  name: 'unknown-path',
  proves: 'A path that no resource has is refused.',
  run: async ({ send, verify, note }) => {
    const answer = await send({ path: '/no-such-resource' });
    const missing = OF_INTEREST.filter((name) => answer.headers[name] === undefined);
    note(`${answer.status}${missing.length === 0 ? '' : `, without ${missing.join(', ')}`}`);
    verify(answer.status >= 400, {
      expected: '404',
      received: describeAnswer(answer),
      meaning: 'Clients with a wrong endpoint believe that their statements are stored.',
      advice: 'The API may have routes for the resources only, and CloudFront no error pages that answer 200.',
    });
  },
};
