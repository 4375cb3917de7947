/**
 * The user name of HTTP Basic whose password is a token: the `auth-token` of cmi5 is put behind `Basic ` by content that
 * knows nothing of tokens (cmi5, 8.2). No credential may have it as its key.
 */
export const TOKEN_USER = 'token';
