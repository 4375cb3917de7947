import type { Credential, SecretProof } from '#access/credential.ts';
import { isRotation } from '#schemas/generated/admin-validators.js';
import { optionalBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { lastUsed } from '#functions/admin/credentials/last-used.ts';
import { managedCredential } from '#functions/admin/credentials/managed-credential.ts';
import { newSecret } from '#functions/admin/credentials/new-secret.ts';

const DEFAULT_OVERLAP_MINUTES = 1_440;

export const rotateCredential = operation({
  id: 'rotateCredential',
  method: 'POST',
  path: '/credentials/{key}/rotate',
  tag: 'Credentials',
  summary: 'Give a credential a new secret',
  details:
    'The new secret is shown in this answer only. The one there is now stays good for the overlap; one that was to end ' +
    'already ends at once, so that there are never more than two.',
  access: 'admin',
  query: [],
  body: optionalBody('rotation', isRotation, {}),
  answer: { status: 200, schema: 'issued-credential' },
  isConditional: true,
  isRepeatable: true,
  refusals: [],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const { overlapMinutes = DEFAULT_OVERLAP_MINUTES } = call.body;
      const credential = await managedCredential(deps, call.principal, call.segment('key'));
      checkIfMatch(call.request, credential);
      const { secret, proof } = newSecret(deps.random);
      const rotated = withNewSecret(credential, proof, { now: deps.now(), overlap: overlapMinutes * 60_000 });
      return {
        changes: [{ kind: 'credential', put: rotated }],
        audit: {
          store: rotated.store,
          action: 'credential-rotated',
          subject: rotated.key,
          details: { overlapMinutes },
        },
        answer: { value: credentialAnswer(rotated, await lastUsed(deps, rotated)), tag: entityTag(rotated) },
        secrets: { secret },
      };
    }),
});

/** @param overlap milliseconds for which the newest secret there is stays good */
function withNewSecret(
  credential: Credential,
  proof: SecretProof,
  { now, overlap }: { readonly now: number; readonly overlap: number },
): Credential {
  const [newest] = credential.secrets;
  const old = newest === undefined || overlap === 0 ? [] : [{ ...newest, expires: now + overlap }];
  return { ...credential, secrets: [proof, ...old], revision: credential.revision + 1 };
}
