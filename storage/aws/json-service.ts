import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { HttpRequest } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { answerBytes } from '#storage/aws/answer-bytes.ts';
import { Retries, type RetryOptions } from '#storage/aws/retries.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { Sha256 } from '#storage/aws/sha256.ts';

/** What tells a service from others that speak AWS's JSON protocol 1.0. */
export interface JsonServiceProfile {
  readonly url: URL;
  readonly region: string;
  /** The name in the signature. */
  readonly signingName: string;
  /** Name and version of its API, which stand before that of the operation. */
  readonly api: string;
  readonly retries: RetryOptions;
  /** Makes an error of an answer that is not a success. */
  readonly errorOf: (text: string, status: number, requestId: string | undefined) => Error;
}

export interface JsonServiceOptions {
  /** Where the SDK finds them unless given. */
  readonly credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  /** What sends a signed request; else the SDK's handler. */
  readonly http?: Pick<NodeHttpHandler, 'handle'>;
  /** Of the SDK's handler. */
  readonly timeouts?: typeof SERVICE_TIMEOUTS;
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';

const SOCKETS = { keepAlive: true, maxSockets: 100 };

/** A service that JSON is sent to and that answers with JSON, with what the SDK's own parts have for that. */
export class JsonService {
  readonly #profile: JsonServiceProfile;
  readonly #signer: SignatureV4;
  readonly #http: Pick<NodeHttpHandler, 'handle'>;
  readonly #retries: Retries;

  constructor(profile: JsonServiceProfile, options: JsonServiceOptions = {}) {
    const { credentials = defaultProvider(), timeouts = SERVICE_TIMEOUTS, http = sdkHandler(timeouts) } = options;
    const { signingName: service, region } = profile;
    this.#profile = profile;
    this.#signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
    this.#http = http;
    this.#retries = new Retries(profile.retries);
  }

  /**
   * @param body JSON
   * @param signal ends the call, which fails with an `AbortError`
   * @returns JSON
   * @throws what the profile makes of an answer that is not a success; Node's errors and `TimeoutError` when there is no
   * answer. What may succeed when it is tried again has been.
   */
  call(operation: string, body: string, signal?: AbortSignal): Promise<string> {
    return this.#retries.run(() => this.#sendOnce(operation, body, signal));
  }

  async #sendOnce(operation: string, body: string, signal: AbortSignal | undefined): Promise<string> {
    const { url, api, errorOf } = this.#profile;
    const { protocol, hostname, host, port } = url;
    const request = new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      path: '/',
      headers: {
        host,
        'content-type': CONTENT_TYPE,
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `${api}.${operation}`,
      },
      body,
    });
    const signed = new HttpRequest(await this.#signer.sign(request));
    const { response } = await this.#http.handle(signed, signal === undefined ? {} : { abortSignal: signal });
    const text = (await answerBytes(response.body)).toString();
    if (response.statusCode === 200) return text;
    throw errorOf(text, response.statusCode, response.headers['x-amzn-requestid']);
  }
}

function sdkHandler(timeouts: typeof SERVICE_TIMEOUTS): NodeHttpHandler {
  return new NodeHttpHandler({ ...timeouts, httpAgent: SOCKETS, httpsAgent: SOCKETS });
}
