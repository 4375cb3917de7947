import type { WhoamiAnswer } from '#access/admin-api.ts';
import { isOperator } from '#access/management.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';

export const whoami = operation({
  id: 'whoami',
  method: 'GET',
  path: '/whoami',
  tag: 'Self',
  summary: 'Who am I?',
  details: 'Whatever the scopes.',
  access: 'principal',
  query: [],
  body: NO_BODY,
  answer: { status: 200, schema: 'whoami' },
  refusals: [],
  handle: async (_, { principal }) => {
    const { kind, key, store, scopes, authority, limits, requestLimits } = principal;
    const value: WhoamiAnswer = {
      kind,
      key,
      store,
      scopes,
      authority,
      ...(limits !== undefined && { limits }),
      requestLimits,
      isOperator: isOperator(principal),
    };
    return { value };
  },
});
