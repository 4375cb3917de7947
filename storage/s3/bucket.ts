import { hash } from 'node:crypto';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { canonicalQuery } from '#storage/aws/canonical-query.ts';
import { headerTexts } from '#storage/aws/header-texts.ts';
import { HttpConnections } from '#storage/aws/http-connections.ts';
import { type CredentialsSource, RequestSigner } from '#storage/aws/request-signer.ts';
import { Retries } from '#storage/aws/retries.ts';
import { type BucketAddress, objectUrl } from '#storage/s3/object-url.ts';
import { S3Error } from '#storage/s3/s3-error.ts';

export interface ObjectRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Empty when the request is about the bucket. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What sends requests for objects and resolves to the bodies of the answers. */
export interface ObjectSender {
  send(request: ObjectRequest): Promise<Uint8Array>;
}

export interface ObjectAnswer {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What sends requests for objects and resolves to the whole answers. */
export interface ObjectExchange {
  exchange(request: ObjectRequest): Promise<ObjectAnswer>;
}

interface BucketOptions {
  /** Where the SDK finds them unless given. */
  readonly credentials?: CredentialsSource;
  /** Milliseconds that S3 may say nothing, in which objects of up to a few megabytes begin to arrive. */
  readonly patience?: number;
  /** Milliseconds from the begin of a request to that of its answer, the sending of the body included; else `patience`. */
  readonly limit?: number;
}

const PATIENCE = 5_000;
const CONNECTION_TIMEOUT = 1_000;

/** The first try and the retries, between which the SDK's strategy backs off exponentially with jitter. */
const ATTEMPTS = 4;

/** For objects of more than a hundred megabytes: they are sent whole before S3 answers, and it looks at them first. */
export const LARGE_OBJECTS = { patience: 20_000, limit: 120_000 } as const satisfies BucketOptions;

/**
 * The objects of one bucket. The SDK's client for S3 has much beside that no function uses
 * (`docs/adr/0013-send-objects-to-s3-with-the-sdks-parts.md`).
 */
export class Bucket implements ObjectSender, ObjectExchange {
  readonly #address: BucketAddress;
  readonly #signer: RequestSigner;
  readonly #http: HttpConnections;
  readonly #retries = new Retries({ attempts: ATTEMPTS });

  constructor(address: BucketAddress, options: BucketOptions = {}) {
    const { credentials = defaultProvider(), patience = PATIENCE, limit = patience } = options;
    this.#address = address;
    this.#signer = new RequestSigner({ service: 's3', region: address.region, credentials });
    this.#http = new HttpConnections({
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: limit,
      socketTimeout: patience,
    });
  }

  /** @returns the body of the answer. @throws as `exchange` */
  async send(request: ObjectRequest): Promise<Uint8Array> {
    const { body } = await this.exchange(request);
    return body;
  }

  /**
   * @throws S3Error when S3 refuses; Node's errors and `TimeoutError` when there is no answer. What may succeed when it
   * is tried again has been.
   */
  async exchange(request: ObjectRequest): Promise<ObjectAnswer> {
    return this.#retries.run(() => this.#sendOnce(request));
  }

  async #sendOnce({ method, key, query: parameters = {}, headers, body }: ObjectRequest): Promise<ObjectAnswer> {
    const url = objectUrl(this.#address, key);
    const query = canonicalQuery(parameters);
    // S3 checks the content against it.
    const payloadHash = headers?.['x-amz-content-sha256'] ?? hash('sha256', body ?? '');
    const length = String(body?.byteLength ?? 0);
    const signed = await this.#signer.sign({
      method,
      path: url.pathname,
      query,
      headers: {
        ...headers,
        host: url.host,
        'x-amz-content-sha256': payloadHash,
        ...(method === 'PUT' && { 'content-length': length }),
      },
      payloadHash,
    });
    const answer = await this.#http.exchange({ method, url, query, headers: signed, body });
    const texts = headerTexts(answer.headers);
    if (answer.status >= 200 && answer.status < 300) return { headers: texts, body: answer.body };
    throw new S3Error(answer.status, texts['x-amz-request-id'], answer.body.toString());
  }
}
