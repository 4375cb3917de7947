import { type Dispatcher, errors, Pool } from 'undici';

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
  /** Of the body, as they came. */
  readonly parts: readonly Buffer[];
  /** Put together when it is asked for, which takes time where it is large. */
  readonly body: Buffer;
  /** The header X-Experience-API-Consistent-Through; no other is kept, because answers are kept until they are checked. */
  readonly consistentThrough: string | undefined;
}

/** An answer as it comes. Its parts are put together when somebody asks for its body, mostly outside of what is timed. */
class Receiver implements Dispatcher.DispatchHandler, Answer {
  status = 0;
  consistentThrough: string | undefined;
  #parts: Buffer[] = [];
  readonly #done: (answer: Answer) => void;
  readonly #failed: (error: Error) => void;

  constructor(done: (answer: Answer) => void, failed: (error: Error) => void) {
    this.#done = done;
    this.#failed = failed;
  }

  get parts(): readonly Buffer[] {
    return this.#parts;
  }

  get body(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#parts;
    const body = others.length === 0 ? first : Buffer.concat(this.#parts);
    this.#parts = [body];
    return body;
  }

  onRequestStart(): void {}

  onResponseStart(
    ...[, status, headers]: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>
  ): void {
    this.status = status;
    this.consistentThrough = headers['x-experience-api-consistent-through']?.toString();
  }

  onResponseData(_: Dispatcher.DispatchController, part: Buffer): void {
    this.#parts.push(part);
  }

  onResponseEnd(): void {
    this.#done(this);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#failed(error);
  }
}

/** Milliseconds that an answer may take to come, and each part of it. */
const PATIENCE = 30_000;
/** Requests at once, at most. */
export const CONNECTIONS = 64;

const TOO_LATE = [errors.ConnectTimeoutError, errors.HeadersTimeoutError, errors.BodyTimeoutError];

/** Sends requests to an LRS over connections that are kept. */
export class LrsClient {
  readonly name: string;
  readonly #url: URL;
  /** The path of all resources. */
  readonly #root: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** Of undici: it takes about half of the CPU of `node:http`, and what the client takes the LRS has not. */
  readonly #pool: Pool;

  /** @param patience milliseconds */
  constructor({ name, url, key, secret }: Target, patience = PATIENCE) {
    this.name = name;
    this.#url = new URL(url);
    this.#root = this.#url.pathname.replace(/\/$/u, '');
    this.#pool = new Pool(this.#url.origin, {
      connections: CONNECTIONS,
      connect: { timeout: patience },
      headersTimeout: patience,
      bodyTimeout: patience,
      allowH2: false,
    });
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      'x-experience-api-version': '1.0.3',
    };
  }

  /** @throws Error when there is no answer, or not in time */
  async send({ method, path, fromRoot = false, query, type, body }: Sent): Promise<Answer> {
    const from = fromRoot ? this.#fromRoot(path) : `${this.#root}${path}`;
    const headers = { ...this.#headers, ...(type !== undefined && { 'content-type': type }) };
    try {
      return await this.#dispatch({
        method,
        path: query === undefined ? from : `${from}?${new URLSearchParams(query).toString()}`,
        headers,
        body: body ?? null,
      });
    } catch (error) {
      const isLate = TOO_LATE.some((late) => error instanceof late);
      throw isLate ? new Error('no answer in time', { cause: error }) : error;
    }
  }

  #dispatch(request: Dispatcher.DispatchOptions): Promise<Answer> {
    return new Promise((done, failed) => this.#pool.dispatch(request, new Receiver(done, failed)));
  }

  #fromRoot(link: string): string {
    const { origin, pathname, search } = new URL(link, this.#url);
    if (origin !== this.#url.origin) throw new Error(`the link leads to ${origin}`);
    return `${pathname}${search}`;
  }

  /** Ends connections at once; what is under way fails. */
  close(): void {
    void this.#pool.destroy();
  }
}
