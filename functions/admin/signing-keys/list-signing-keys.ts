import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { signingKeysAnswer } from '#functions/admin/signing-keys/signing-keys-answer.ts';

export const listSigningKeys = operation({
  id: 'listSigningKeys',
  method: 'GET',
  path: '/signing-keys',
  tag: 'Signing keys',
  summary: 'List the keys that tokens are signed with',
  details: 'None before the first token.',
  access: 'operator',
  query: [],
  body: NO_BODY,
  answer: { status: 200, schema: 'signing-keys' },
  refusals: [],
  handle: async ({ publishedKeys }) => {
    const keys = await publishedKeys.published();
    return { value: signingKeysAnswer(keys ?? { revision: 0, keys: [] }) };
  },
});
