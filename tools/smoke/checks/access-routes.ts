import { accessBase } from '../access-base.ts';
import { type Answer, describeAnswer, memberIn } from '../answer.ts';
import type { Check } from '../check.ts';

const FORM = 'application/x-www-form-urlencoded';

const REFUSALS = {
  management: { type: 'application/problem+json', member: 'code', value: 'not-authenticated' },
  token: { type: 'application/json', member: 'error', value: 'invalid_client' },
} as const;

export const accessRoutes: Check = {
  name: 'access-routes',
  proves:
    'At the root the keys of tokens are published, and nobody gets a token or manages anything without a credential.',
  run: async (inspection) => {
    const { send, verify, endpoint } = inspection;
    const base = await accessBase(inspection);
    const isThere = verify(base !== undefined, {
      expected: 'a JSON object with keys at /.well-known/jwks.json, at the root or above the path of the endpoint',
      received: 'no such answer',
      meaning: 'Who checks tokens elsewhere has no keys, and the command lrs and cmi5 content do not reach the LRS.',
      advice: `Everything that CloudFront, a firewall or a proxy passes on has to include the root of ${endpoint.host}.`,
    });
    if (!isThere || base === undefined) return;
    const anonymous = { base, headers: { authorization: undefined } };
    const refuses = (answer: Answer, { type, member, value }: (typeof REFUSALS)[keyof typeof REFUSALS]): void => {
      const isRefused =
        answer.status === 401 &&
        answer.headers['content-type']?.startsWith(type) === true &&
        memberIn(answer, member) === value;
      verify(isRefused, {
        expected: `401 with ${value} in a body of the type ${type}`,
        received: describeAnswer(answer),
        meaning: 'Either strangers are let in, or clients do not learn that they have to say who they are.',
        advice:
          'No authorizer of API Gateway and no rule of a firewall may decide instead of the functions: remove it.',
      });
    };
    refuses(await send({ ...anonymous, path: '/admin/v1/whoami' }), REFUSALS.management);
    const body = 'grant_type=client_credentials';
    const headers = { ...anonymous.headers, 'content-type': FORM };
    refuses(await send({ base, method: 'POST', path: '/oauth/token', headers, body }), REFUSALS.token);
  },
};
