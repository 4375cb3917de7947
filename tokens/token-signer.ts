import type { TokenSigner } from '#tokens/mint-token.ts';
import type { SigningKeys } from '#tokens/signing-keys.ts';
import { payloadOf } from '#tokens/token-payload.ts';

/** @param issuer issuer and audience of the tokens: `LRS_ISSUER` */
export function tokenSigner(keys: SigningKeys, issuer: string): TokenSigner {
  return {
    sign: async (claims) => {
      const key = await keys.current();
      const { signJwt } = await import('#tokens/sign-jwt.ts');
      return signJwt(payloadOf(claims), key, issuer);
    },
  };
}
