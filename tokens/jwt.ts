/** The type of the tokens of this LRS, in their header (RFC 9068, 2.1). */
export const TOKEN_TYPE = 'at+jwt';

/** The only algorithm that tokens of this LRS are signed with, and verified with. */
export const TOKEN_ALGORITHM = 'ES256';

/**
 * Characters. API Gateway takes 10,240 bytes of headers in all, of which HTTP Basic makes 8,200 of a token of this length;
 * the rest is for what else clients send.
 */
export const LONGEST_TOKEN = 6 * 1024;
