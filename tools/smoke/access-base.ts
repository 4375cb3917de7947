import { memberIn } from './answer.ts';
import type { Inspection } from './check.ts';

const KEYS = '/.well-known/jwks.json';

/**
 * Where the paths of access begin: at the root, or below the path that a mapping gave the API. The endpoint has the base
 * path of the xAPI behind it.
 *
 * @returns undefined when none of the paths above the endpoint publishes keys.
 */
export async function accessBase({
  send,
  endpoint,
}: Pick<Inspection, 'send' | 'endpoint'>): Promise<string | undefined> {
  const segments = endpoint.pathname.split('/').filter((segment) => segment !== '');
  for (let count = segments.length; count >= 0; count -= 1) {
    const base = segments
      .slice(0, count)
      .map((segment) => `/${segment}`)
      .join('');
    const answer = await send({ base, path: KEYS, headers: { authorization: undefined } });
    if (answer.status === 200 && Array.isArray(memberIn(answer, 'keys'))) return base;
  }
  return undefined;
}
