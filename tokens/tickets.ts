import { createHash, randomBytes } from 'node:crypto';
import type { TokenClaims } from '#access/token-claims.ts';
import type { TicketRefusal, TicketStore } from '#storage/ticket-store.ts';
import type { MintedToken, TokenSigner } from '#tokens/mint-token.ts';

/** Milliseconds: a launch fetches its token at once; its URL may stand in histories and logs for longer. */
const TICKET_LIFE = 15 * 60_000;

const TICKET_BYTES = 32;

const TICKET = /^[\w-]{43}$/u;

export interface TicketDeps {
  readonly tickets: TicketStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Hands out what `/oauth/fetch/{ticket}` gives a token for, once (cmi5, 8.2). The token's life has begun with its claims:
 * whoever asked for it knows when it ends, and what revokes it revokes it before it is fetched as well.
 *
 * @param claims of `claimsOf`
 * @returns the ticket: 43 characters of base64url
 */
export async function putTicket({ tickets, now }: TicketDeps, claims: TokenClaims): Promise<string> {
  const ticket = randomBytes(TICKET_BYTES).toString('base64url');
  await tickets.put({ hash: hashOf(ticket), claims, expires: Math.min(now() + TICKET_LIFE, claims.expires) });
  return ticket;
}

/**
 * Trades a ticket for its token, which is signed before: what cannot be signed now leaves the ticket as it is. When the
 * process dies behind the trade, the token is lost and the launch with it: giving it again would give it twice.
 *
 * @returns `redeemed` from the second time on.
 * @throws XapiError `overloaded`: the ticket is good still, unless it is not known whether the trade took place
 */
export async function redeemTicket(
  { tickets, signer, now }: TicketDeps & { readonly signer: TokenSigner },
  ticket: string,
): Promise<MintedToken | TicketRefusal> {
  if (!TICKET.test(ticket)) return 'unknown';
  const hash = hashOf(ticket);
  const found = await tickets.find(hash, now());
  if (typeof found === 'string') return found;
  const token = await signer.sign(found);
  const claims = await tickets.redeem(hash, now());
  return typeof claims === 'string' ? claims : { token, claims };
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
