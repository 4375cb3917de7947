import type { Principal } from '#access/principal.ts';
import { launchLimits, type RequestLimits } from '#access/request-limits.ts';
import { Allowance, dayOf, lotSizeOf, type Refusal } from '#http/usage/allowance.ts';
import { Lots } from '#http/usage/lots.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';
import type { Logger } from '#runtime/logger.ts';
import { LruMap } from '#storage/lru-map.ts';
import type { UsageCounter, UsageSubject } from '#storage/usage-counter.ts';
import { XapiError } from '#xapi/errors.ts';

const DAY_MS = 86_400_000;

/** Principals that are known at once. */
const CAPACITY = 1_000;
/** Tokens for one launch that are known at once. */
const TOKENS = 5_000;

/** Milliseconds: persons whom an issuer vouches for come and go, and when they did is nobody's business later. */
const KEPT_OF_PERSONS = 35 * DAY_MS;

export interface RequestGateOptions {
  readonly usage: UsageCounter;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Counts in lots, and takes from the answers what other processes have let through. Of a token that is limited to a launch
 * it lets through a part of what its credential may, as far as this process knows.
 */
export class CountingRequestGate implements RequestGate {
  readonly #now: () => number;
  readonly #allowances = new LruMap<string, Allowance>(CAPACITY);
  /** By the ids of tokens. */
  readonly #launches = new LruMap<string, Allowance>(TOKENS);
  readonly #lots: Lots<UsageSubject, number>;

  constructor({ usage, logger, now }: RequestGateOptions) {
    this.#now = now;
    this.#lots = new Lots({
      name: 'requests',
      logger,
      now,
      capacity: CAPACITY,
      idOf: (subject) => `${subject.day} ${idOf(subject)}`,
      add: (one, other) => one + other,
      write: async ({ subject, value }) => {
        // What lay here for days would be taken for a day that others have begun too early.
        if (subject.day < dayOf(now() - DAY_MS)) return;
        const total = await usage.add(subject, value);
        if (total === undefined) return;
        this.#allowances.get(idOf(subject))?.learn({ day: subject.day, own: value, total }, now());
      },
    });
  }

  admit({ kind, store, key, requestLimits, tokenId, limits }: Principal): void {
    const now = this.#now();
    if (tokenId !== undefined && limits !== undefined) {
      admitOrRefuse(this.#launches, tokenId, { who: 'token', limits: launchLimits(requestLimits), now });
    }
    admitOrRefuse(this.#allowances, idOf({ store, principal: key }), { who: 'credential', limits: requestLimits, now });
    const expires = kind === 'issuer' ? { expires: Math.ceil((now + KEPT_OF_PERSONS) / 1_000) } : {};
    this.#lots.add({ store, principal: key, day: dayOf(now), ...expires }, 1, lotSizeOf(requestLimits));
  }

  settled(): Promise<void> | undefined {
    return this.#lots.settled();
  }
}

interface Request {
  readonly who: 'credential' | 'token';
  readonly limits: RequestLimits;
  readonly now: number;
}

/** @throws XapiError `too-many-requests` */
function admitOrRefuse(allowances: LruMap<string, Allowance>, id: string, { who, limits, now }: Request): void {
  const refusal = allowanceOf(allowances, id, { limits, now }).admit(limits, now);
  if (refusal !== undefined) throw tooMany(who, refusal, limits);
}

function allowanceOf(
  allowances: LruMap<string, Allowance>,
  id: string,
  { limits, now }: Pick<Request, 'limits' | 'now'>,
): Allowance {
  const known = allowances.get(id);
  if (known !== undefined) return known;
  const allowance = new Allowance(limits, now);
  allowances.set(id, allowance);
  return allowance;
}

/** The id of a store has no space. */
function idOf({ store, principal }: Pick<UsageSubject, 'store' | 'principal'>): string {
  return `${store} ${principal}`;
}

function tooMany(who: Request['who'], { limit, retryAfter }: Refusal, limits: RequestLimits): XapiError {
  const permitted = `${limits[limit]} requests a ${limit === 'perDay' ? 'day' : 'second'}`;
  const until = limit === 'perDay' ? 'that is used up until 00:00 UTC' : 'more came lately';
  const message = `The ${who} may send ${permitted}, and ${until}; send the request again later.`;
  return new XapiError({ code: 'too-many-requests', message, expected: `at most ${permitted}` }, { retryAfter });
}
