import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { HttpRequest } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { answerBytes } from '#storage/aws/answer-bytes.ts';
import { Retries } from '#storage/aws/retries.ts';
import { Sha256 } from '#storage/aws/sha256.ts';
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
  readonly credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  /**
   * Milliseconds that S3 may say nothing, in which objects of up to a few megabytes begin to arrive. From 6,000 on the
   * SDK's handler would begin to count after three seconds only.
   */
  readonly patience?: number;
  /** Milliseconds from the begin of a request to that of its answer, the sending of the body included; else `patience`. */
  readonly limit?: number;
}

const PATIENCE = 5_000;
const CONNECTION_TIMEOUT = 1_000;
const SOCKETS = { keepAlive: true, maxSockets: 100 };

/** The first try and the retries, between which the SDK's strategy backs off exponentially with jitter. */
const ATTEMPTS = 4;

/** For objects of more than a hundred megabytes: they are sent whole before S3 answers, and it looks at them first. */
export const LARGE_OBJECTS = { patience: 20_000, limit: 120_000 } as const satisfies BucketOptions;

/**
 * The objects of one bucket, with the signatures, connections and retries of the SDK's own parts. The SDK's client for
 * S3 has them too, and much that no function uses (`docs/adr/0013-send-objects-to-s3-with-the-sdks-parts.md`).
 */
export class Bucket implements ObjectSender, ObjectExchange {
  readonly #address: BucketAddress;
  readonly #signer: SignatureV4;
  readonly #http: NodeHttpHandler;
  readonly #retries = new Retries({ attempts: ATTEMPTS });

  constructor(address: BucketAddress, options: BucketOptions = {}) {
    const { credentials = defaultProvider(), patience = PATIENCE, limit = patience } = options;
    this.#address = address;
    this.#signer = new SignatureV4({
      service: 's3',
      region: address.region,
      credentials,
      sha256: Sha256,
      // S3 wants paths signed as they are sent, and the hash of the content in a header, against which it checks it.
      uriEscapePath: false,
      applyChecksum: true,
    });
    this.#http = new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: limit,
      throwOnRequestTimeout: true,
      socketTimeout: patience,
      httpAgent: SOCKETS,
      httpsAgent: SOCKETS,
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

  async #sendOnce({ method, key, query = {}, headers = {}, body }: ObjectRequest): Promise<ObjectAnswer> {
    const { protocol, hostname, host, port, pathname: path } = objectUrl(this.#address, key);
    const length = String(body?.byteLength ?? 0);
    const request = new HttpRequest({
      method,
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      path,
      query,
      headers: { ...headers, host, ...(method === 'PUT' && { 'content-length': length }) },
      body,
    });
    const { response } = await this.#http.handle(new HttpRequest(await this.#signer.sign(request)));
    const content = await answerBytes(response.body);
    if (response.statusCode >= 200 && response.statusCode < 300) return { headers: response.headers, body: content };
    throw new S3Error(response.statusCode, response.headers['x-amz-request-id'], content.toString('utf8'));
  }
}
