import { describeAnswer, memberIn } from '../answer.ts';
import type { Check } from '../check.ts';

export const repeatedParameters: Check = {
  name: 'repeated-parameters',
  proves: 'A parameter that comes twice arrives twice, so that the LRS refuses it instead of guessing.',
  run: async ({ send, data, verify }) => {
    const { activityId, agent } = data;
    const owner = new URLSearchParams({ activityId, agent: JSON.stringify(agent) }).toString();
    const answer = await send({ path: '/activities/state', query: `${owner}&stateId=a&stateId=b` });
    if (answer.status >= 500) return;
    const isRefused = memberIn(answer, 'code') === 'parameter-invalid' && memberIn(answer, 'path') === 'stateId';
    verify(answer.status === 400 && isRefused, {
      expected: '400, which says that stateId comes more than once',
      received: describeAnswer(answer),
      meaning:
        'One of the values is dropped, or both are joined: clients read and write another document than they mean.',
      advice:
        'Find what joins or drops parameters: the LRS reads the query string as it was sent, of the HTTP API alone.',
    });
  },
};
