/** The type of the tokens of this LRS, in their header (RFC 9068, 2.1). */
export const TOKEN_TYPE = 'at+jwt';

/** The only algorithm that tokens of this LRS are signed with, and verified with. */
export const TOKEN_ALGORITHM = 'ES256';
