import type { SigningKeysAnswer } from '#access/admin-api.ts';
import type { PublishedKeys } from '#storage/signing-keys.ts';
import { optionalTime, timeText } from '#functions/admin/api/time.ts';

export function signingKeysAnswer({ revision, keys }: PublishedKeys): SigningKeysAnswer {
  return {
    revision,
    keys: keys.map(({ jwk, created, signsFrom, retires }) => ({
      kid: jwk.kid,
      created: timeText(created),
      signsFrom: timeText(signsFrom),
      ...optionalTime('retires', retires),
    })),
  };
}
