import { Agent, request as requestHttp } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';

export interface Target {
  /** In tables. */
  readonly name: string;
  /** Of all resources, without a slash at its end. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

export interface Sent {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Behind the URL of the target, or from the root of its host for a `more` link. */
  readonly path: string;
  readonly fromRoot?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The header X-Experience-API-Consistent-Through; no other is kept, because answers are kept until they are checked. */
  readonly consistentThrough: string | undefined;
}

/** Milliseconds that an answer may take. */
const PATIENCE = 30_000;
const SOCKETS = { keepAlive: true, maxSockets: 64 };

/** Sends requests to an LRS over connections that are kept. */
export class LrsClient {
  readonly name: string;
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent: Agent;

  constructor({ name, url, key, secret }: Target) {
    this.name = name;
    this.#url = new URL(url);
    this.#agent = this.#url.protocol === 'https:' ? new TlsAgent(SOCKETS) : new Agent(SOCKETS);
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      'x-experience-api-version': '1.0.3',
    };
  }

  send({ method, path, fromRoot = false, query, type, body }: Sent): Promise<Answer> {
    const url = new URL(fromRoot ? path : `${this.#url.pathname.replace(/\/$/u, '')}${path}`, this.#url);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const headers = {
      ...this.#headers,
      ...(type !== undefined && { 'content-type': type }),
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, { method, headers, agent: this.#agent, timeout: PATIENCE }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const through = response.headers['x-experience-api-consistent-through'];
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks),
          consistentThrough: through?.toString(),
        });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
