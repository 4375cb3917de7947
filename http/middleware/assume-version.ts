import type { StoreId } from '#access/store.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import { unsupportedVersion } from '#http/middleware/negotiate-version.ts';
import type { HttpRequest } from '#http/request.ts';
import type { StoreSource } from '#storage/registry.ts';

/**
 * Every resource but About needs the header (xAPI 1.0.3, Communication 3.3), unless the store of the principal has a version
 * for requests without it. Runs behind authentication.
 */
export function assumeVersion(stores: StoreSource): Middleware {
  return onRequest((request) => {
    const { version, principal } = request;
    return version !== undefined || principal === undefined ? request : assumed(request, principal.store, stores);
  });
}

async function assumed(request: HttpRequest, id: StoreId, stores: StoreSource): Promise<HttpRequest> {
  const version = (await stores.store(id))?.settings.defaultVersion;
  if (version === undefined) throw unsupportedVersion('The header X-Experience-API-Version is missing.');
  return { ...request, version };
}
