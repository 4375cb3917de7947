import type { IssuerSettings } from '#access/admin-api.ts';
import { pathTo } from '#xapi/json/json-path.ts';
import { invalidBody } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { mayFetchFrom } from '#tokens/issuer-fetch.ts';

/**
 * What the schema cannot say: that keys are fetched from where they may be, and that the stores exist.
 *
 * @throws XapiError `body-invalid`
 */
export async function checkIssuer(
  { registry, issuerHosts }: Pick<AdminDeps, 'registry' | 'issuerHosts'>,
  { issuer, jwksUri, store }: IssuerSettings,
): Promise<void> {
  for (const [path, url] of Object.entries({ '$.issuer': issuer, '$.jwksUri': jwksUri })) {
    if (url !== undefined && !mayFetchFrom(url, issuerHosts)) throw invalidBody(path, 'an https URL', url);
  }
  const stores = typeof store === 'string' ? { '$.store': store } : pathsOf(store.values);
  const ids = new Map(Object.entries(stores).map(([path, id]) => [id, path]));
  await Promise.all(
    Array.from(ids, async ([id, path]) => {
      if ((await registry.store(id)) === undefined) throw invalidBody(path, 'the id of a store that there is', id);
    }),
  );
}

function pathsOf(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([value, id]) => [pathTo('$.store.values', value), id]));
}
