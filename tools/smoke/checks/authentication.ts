import { ROUTES } from '#lib/routes.ts';
import { memberIn } from '../answer.ts';
import type { Check } from '../check.ts';
import { basic } from '../client.ts';
import { expectStatus } from '../expect-status.ts';

/** Every resource, and so every function, that is not for everybody. */
const RESOURCES = ROUTES.map(({ path }) => path).filter((path) => path !== '/about');

const CONSEQUENCE = {
  meaning: 'Either strangers are let in, or clients do not learn that their credential is wrong.',
  advice:
    'No authorizer of API Gateway and no rule of a firewall may decide instead of the functions: remove it. ' +
    'CloudFront has to pass Authorization, and to cache nothing.',
};

export const authentication: Check = {
  name: 'authentication',
  proves: 'Every resource but About answers 401 without a credential, with a wrong secret and to an unknown key.',
  run: async (inspection) => {
    const { send, data, verify, access } = inspection;
    const unknown = basic({ key: data.run, secret: access.secret });
    const wrong = basic({ key: access.key, secret: data.run });
    const attempts = [
      ...RESOURCES.map((path) => ({ path, authorization: undefined })),
      { path: '/statements', authorization: unknown },
      { path: '/statements', authorization: wrong },
      { path: '/activities/state', authorization: wrong },
    ];
    for (const { path, authorization } of attempts) {
      const answer = await send({ path, headers: { authorization } });
      if (!expectStatus(inspection, answer, 401, CONSEQUENCE)) continue;
      const code = memberIn(answer, 'code');
      verify(code === 'not-authenticated', {
        expected: 'the code not-authenticated in the body of the 401',
        received: String(code),
        ...CONSEQUENCE,
      });
    }
  },
};
