import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Issuer } from '#access/issuer.ts';

/** What becomes of its documents: served, or not. */
export type Condition = 'well' | 'down' | 'silent' | 'elsewhere' | 'endless' | 'garbled' | 'impostor';

export interface OidcIssuer {
  /** The claim `iss`. */
  readonly url: string;
  /** Paths of all requests, in order. */
  readonly requests: readonly string[];
  /** The keys as it publishes them. */
  readonly published: readonly JWK[];
  condition: Condition;
  /** A token for the audience `lrs`, valid for some minutes, with other claims and another header where given; `undefined` leaves out. */
  sign(claims?: Claims, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Signs with a new key from now on, which is the only one that is published. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
}

type Claims = Readonly<Record<string, unknown>>;

export interface OidcIssuerOptions {
  readonly algorithm?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Where it says that its keys are, if not where they are. */
  readonly jwksUri?: string;
}

/** An OpenID Connect issuer with real keys, on loopback. */
export async function startOidcIssuer({
  algorithm = 'RS256',
  now = Date.now,
  jwksUri,
}: OidcIssuerOptions = {}): Promise<OidcIssuer> {
  const requests: string[] = [];
  let key = await aKey(algorithm);
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    answer(response, url, issuer, () => documentAt(url, issuer, jwksUri));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const issuer: OidcIssuer = {
    url: `http://127.0.0.1:${address.port}/realm`,
    requests,
    get published() {
      return [key.jwk];
    },
    condition: 'well',
    sign: (claims, header) => {
      const seconds = Math.floor(now() / 1_000);
      const all: JWTPayload = { iss: issuer.url, aud: 'lrs', sub: 'ann', iat: seconds, exp: seconds + 600, ...claims };
      return new SignJWT(all)
        .setProtectedHeader({ alg: algorithm, kid: key.jwk.kid ?? '', ...header })
        .sign(key.privateKey);
    },
    rotate: async () => {
      key = await aKey(algorithm);
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return issuer;
}

/** An issuer as it is registered: its tokens may do everything in the default store, unless a test says otherwise. */
export function anIssuer(overrides: Partial<Issuer> = {}): Issuer {
  return {
    id: 'school',
    issuer: 'https://issuer.example.com',
    audiences: ['lrs'],
    scopes: ['all'],
    store: 'default',
    disabled: false,
    linkSecret: '5a'.repeat(32),
    created: 0,
    createdBy: 'first',
    revision: 1,
    ...overrides,
  };
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

let keys = 0;

async function aKey(algorithm: string): Promise<{ readonly privateKey: KeyPair['privateKey']; readonly jwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  keys += 1;
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: `key-${keys}`, alg: algorithm, use: 'sig' } };
}

function documentAt(path: string, { url, published, condition }: OidcIssuer, jwksUri = `${url}/keys`): unknown {
  if (path.endsWith('/keys')) return { keys: published };
  return { issuer: condition === 'impostor' ? 'https://issuer.example.com' : url, jwks_uri: jwksUri };
}

/** All that is there when it is `elsewhere` or `endless` is as it should be, but for where it is, or how much follows. */
function answer(response: ServerResponse, path: string, { condition }: OidcIssuer, document: () => unknown): void {
  const isMoved = path.startsWith('/moved/');
  if (condition === 'silent') return;
  if (condition === 'down') response.writeHead(503).end();
  else if (condition === 'elsewhere' && !isMoved) response.writeHead(302, { location: `/moved${path}` }).end();
  else if (condition === 'endless')
    response.writeHead(200).end(`${JSON.stringify(document())}${' '.repeat(300 * 1024)}`);
  else if (condition === 'garbled') response.writeHead(200).end('{"keys": "none"');
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document()));
}
