import type { JsonObject } from '#cli/api/json.ts';
import { wrongUsage } from '#cli/failure.ts';
import { readAgent } from '#cli/options/actor.ts';
import { readCount } from '#cli/options/count.ts';
import { readExpiry } from '#cli/options/expiry.ts';
import { readList } from '#cli/options/list.ts';
import { readScopes } from '#cli/options/scopes.ts';

/** What `credential create` and `credential set` are told. */
export interface CredentialOptions {
  readonly key?: string;
  readonly label?: string;
  readonly scopes?: string;
  readonly authority?: string;
  readonly expires?: string;
  readonly origins?: string;
  readonly requestLimits?: string;
}

/**
 * As the API takes them. `never`, `all` and `default` take away what is set.
 *
 * @param now milliseconds since 1970
 * @throws Failure 2
 */
export function credentialBody(options: CredentialOptions, now: number): JsonObject {
  const { key, label, scopes, authority, expires, origins, requestLimits } = options;
  return {
    ...(key !== undefined && { key }),
    ...(label !== undefined && { label }),
    ...(scopes !== undefined && { scopes: readScopes(scopes) }),
    ...(authority !== undefined && { authority: readAgent('--authority', authority) }),
    ...(expires !== undefined && {
      expires: expires === 'never' ? null : new Date(readExpiry('--expires', expires, now)).toISOString(),
    }),
    ...(origins !== undefined && { origins: origins === 'all' ? null : readList('--origins', origins) }),
    ...(requestLimits !== undefined && {
      requestLimits: requestLimits === 'default' ? null : readRequestLimits(requestLimits),
    }),
  };
}

/** For something new, from which nothing can be taken away. */
export function withoutNulls(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

function readRequestLimits(text: string): JsonObject {
  const [perSecond, perDay, ...more] = text.split('/');
  if (perSecond === undefined || perDay === undefined || more.length > 0) {
    const received = JSON.stringify(text);
    throw wrongUsage(`--request-limits is ${received}; it has to be requests a second and a day: 100/1000000.`);
  }
  const range = { min: 1, max: Number.MAX_SAFE_INTEGER };
  return {
    perSecond: readCount('--request-limits', perSecond, range),
    perDay: readCount('--request-limits', perDay, range),
  };
}
