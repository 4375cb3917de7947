import { memberIn } from '../answer.ts';
import type { Check } from '../check.ts';

const CONSEQUENCE = {
  meaning: 'Who reports an error cannot say which line of the log tells about it.',
  advice: 'Find what takes X-Request-Id away or keeps an answer for later: CloudFront has to cache nothing.',
};

export const requestIds: Check = {
  name: 'request-ids',
  proves: 'Every answer names its request by an id of its own, which is also in the body of an error.',
  run: async ({ send, verify }) => {
    const first = await send({ path: '/statements', query: 'nonsense=1' });
    const second = await send({ path: '/statements', query: 'nonsense=1' });
    const ids = [first, second].map(({ headers }) => headers['x-request-id']);
    verify(ids.every((id) => id !== undefined) && ids[0] !== ids[1], {
      expected: 'X-Request-Id, another one with each answer',
      received: ids.map((id) => id ?? 'no such header').join(' and '),
      ...CONSEQUENCE,
    });
    const inBody = memberIn(first, 'requestId');
    verify(ids[0] === undefined || inBody === ids[0], {
      expected: `the requestId ${ids[0]} in the body of the error`,
      received: String(inBody),
      ...CONSEQUENCE,
    });
  },
};
