import { DEFAULT_STORE } from '#access/store.ts';
import { isKeyRotation } from '#schemas/generated/admin-validators.js';
import { optionalBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { signingKeysAnswer } from '#functions/admin/signing-keys/signing-keys-answer.ts';

export const rotateSigningKeys = operation({
  id: 'rotateSigningKeys',
  method: 'POST',
  path: '/signing-keys/rotate',
  tag: 'Signing keys',
  summary: 'Make a new signing key',
  details:
    'It signs when everybody knows it, after 10 minutes; the present one verifies until its last token has ended.',
  access: 'operator',
  query: [],
  body: optionalBody('key-rotation', isKeyRotation, {}),
  answer: { status: 200, schema: 'signing-keys' },
  isRepeatable: true,
  refusals: ['resource-changed'],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const { compromised = false } = call.body;
      const { published, store } = await deps.signingKeys.rotation(compromised);
      return {
        changes: [{ kind: 'signing-keys', put: published }],
        audit: {
          store: DEFAULT_STORE,
          action: 'signing-keys-rotated',
          subject: published.keys[0]?.jwk.kid ?? '',
          details: { compromised },
        },
        answer: { value: signingKeysAnswer(published) },
        afterwards: store,
      };
    }),
});
