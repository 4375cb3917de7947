import type { Send, TenantRequest } from '#test/integration/isolation/tenants.ts';

/*
 * A resource tells its methods and their parameters when it refuses one that it does not have. So what is added to a
 * resource is found out here, and missed where no request uses it.
 */

const UNKNOWN = 'no-such-parameter';

type Target = Pick<TenantRequest, 'path' | 'method'>;

/** Those that a resource handles, without OPTIONS, which is answered before the store is known. */
export async function handledMethods(send: Send, path: Target['path']): Promise<readonly string[]> {
  const { headers } = await send({ path, method: 'PATCH', query: {} });
  return String(headers['Allow'])
    .split(', ')
    .filter((method) => method !== 'OPTIONS');
}

/**
 * The names of all parameters of a method, sorted. Which ones there are may depend on another that is sent.
 *
 * @param names known to be used
 */
export async function declaredParameters(
  send: Send,
  target: Target,
  names: readonly string[],
): Promise<readonly string[]> {
  const declared = new Set<string>();
  const beside = new Set([undefined, ...names]);
  // Walks over what is added meanwhile, too.
  for (const name of beside) {
    for (const found of await declaredBeside(send, target, name)) {
      declared.add(found);
      beside.add(found);
    }
  }
  return [...declared].toSorted();
}

async function declaredBeside(send: Send, target: Target, name: string | undefined): Promise<readonly string[]> {
  const query = { [UNKNOWN]: '', ...(name !== undefined && { [name]: '' }) };
  // The answer to HEAD has no body.
  const method = target.method === 'HEAD' ? 'GET' : target.method;
  const { body } = await send({ ...target, method, query });
  const { code, expected }: { code: string; expected: string } = JSON.parse(body);
  if (code !== 'parameter-unknown') throw new Error(`${target.method} ${target.path} answers ${body}`);
  return expected === 'no parameter' ? [] : expected.replace('one of ', '').split(', ');
}
