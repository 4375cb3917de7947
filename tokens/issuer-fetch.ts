import type { KeySet } from '#tokens/issuer-jwt.ts';
import type { KeyOwner } from '#tokens/issuer-keys.ts';

/** Where keys of issuers may be fetched: `loopback` adds plain HTTP to this very machine. */
export type IssuerHosts = 'public' | 'loopback';

/** Bytes of a document of an issuer. */
const LARGEST_DOCUMENT = 256 * 1024;

/** Milliseconds for all that has to be fetched to know the keys of an issuer. */
const PATIENCE = 3_000;

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Fetches the JWK Set of an issuer, from where it is registered to be or else from where the issuer's discovery document
 * says (OpenID Connect Discovery 1.0, 4).
 *
 * @throws Error with a sentence for the log: nothing answers, in time, from where keys may be fetched, with what is expected.
 */
export async function fetchKeySet({ issuer, jwksUri }: KeyOwner, hosts: IssuerHosts): Promise<KeySet> {
  const signal = AbortSignal.timeout(PATIENCE);
  const fetchJson = (url: string): Promise<unknown> => fetchDocument(permitted(url, hosts), signal);
  const { readKeySet } = await import('#tokens/issuer-jwt.ts');
  return readKeySet(await fetchJson(jwksUri ?? (await discoverUri(issuer, fetchJson))));
}

async function discoverUri(issuer: string, fetchJson: (url: string) => Promise<unknown>): Promise<string> {
  const document = await fetchJson(`${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`);
  const found: { readonly issuer?: unknown; readonly jwks_uri?: unknown } = Object(document);
  if (found.issuer !== issuer) throw new Error(`The discovery document of ${issuer} names another issuer.`);
  if (typeof found.jwks_uri === 'string') return found.jwks_uri;
  throw new Error(`The discovery document of ${issuer} has no jwks_uri.`);
}

/** Keys that came without TLS could be anybody's. */
export function mayFetchFrom(url: string, hosts: IssuerHosts): boolean {
  const parsed = URL.parse(url);
  const isLocal = hosts === 'loopback' && parsed?.protocol === 'http:' && LOOPBACK_HOSTS.has(parsed.hostname);
  return isLocal || parsed?.protocol === 'https:';
}

function permitted(url: string, hosts: IssuerHosts): URL {
  if (mayFetchFrom(url, hosts)) return new URL(url);
  throw new Error(`Keys are fetched by https only, not from ${url}.`);
}

async function fetchDocument(url: URL, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`${url.href} answered with status ${response.status}.`);
  }
  return JSON.parse(await readBounded(response.body, url.href));
}

/** Leaving the loop early ends the transfer. */
async function readBounded(body: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_DOCUMENT) throw new Error(`${name} has more than ${LARGEST_DOCUMENT} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
