import { TOKEN_USER } from '#access/token-user.ts';
import { errorHeaders, INTERNAL_ERROR } from '#http/error-reply.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import { jsonReply, type Reply } from '#http/reply.ts';
import type { TokenSigner } from '#tokens/mint-token.ts';
import { redeemTicket, type TicketDeps } from '#tokens/tickets.ts';
import { XapiError } from '#xapi/errors.ts';

/** Of cmi5, 8.2.3.2. */
const REFUSALS = {
  redeemed: { 'error-code': '1', 'error-text': 'The authorization token has already been returned.' },
  expired: { 'error-code': '1', 'error-text': 'The URL has expired.' },
  unknown: { 'error-code': '2', 'error-text': 'The URL is not one that this LRS made.' },
} as const;

/**
 * The fetch URL of cmi5 (8.2): gives its token to the first POST, as what content puts behind `Basic `.
 *
 * @param ticket the last segment of the path
 */
export async function fetchToken(ticket: string, deps: TicketDeps & { readonly signer: TokenSigner }): Promise<Reply> {
  const redeemed = await redeemTicket(deps, ticket);
  if (typeof redeemed === 'string') return jsonReply(JSON.stringify(REFUSALS[redeemed]));
  const authToken = Buffer.from(`${TOKEN_USER}:${redeemed.token}`).toString('base64');
  return jsonReply(JSON.stringify({ 'auth-token': authToken }));
}

/** Whatever else is wrong, in the form in which content expects it. @param allowed methods */
export function fetchErrorReply(error: unknown, allowed: readonly string[]): Reply {
  const { code, message } = error instanceof XapiError ? error.problem : INTERNAL_ERROR;
  return {
    status: error instanceof XapiError ? ERROR_STATUS[error.code] : 500,
    headers: { 'Content-Type': 'application/json', ...errorHeaders(error, allowed) },
    body: JSON.stringify({ 'error-code': '3', 'error-text': message }),
    facts: { code },
  };
}
