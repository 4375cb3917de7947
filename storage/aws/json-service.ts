import { hash } from 'node:crypto';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { headerTexts } from '#storage/aws/header-texts.ts';
import { HttpConnections, type HttpExchange, type HttpTimeouts } from '#storage/aws/http-connections.ts';
import { type CredentialsSource, RequestSigner } from '#storage/aws/request-signer.ts';
import { Retries, type RetryOptions } from '#storage/aws/retries.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';

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
  readonly credentials?: CredentialsSource;
  /** What sends a signed request; else connections of its own. */
  readonly exchange?: HttpExchange;
  /** Of its own connections. */
  readonly timeouts?: HttpTimeouts;
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** A service that JSON is sent to and that answers with JSON. */
export class JsonService {
  readonly #profile: JsonServiceProfile;
  readonly #signer: RequestSigner;
  readonly #exchange: HttpExchange;
  readonly #retries: Retries;

  constructor(profile: JsonServiceProfile, options: JsonServiceOptions = {}) {
    const { credentials = defaultProvider(), timeouts = SERVICE_TIMEOUTS } = options;
    const { signingName: service, region } = profile;
    this.#profile = profile;
    this.#signer = new RequestSigner({ service, region, credentials });
    this.#exchange = options.exchange ?? new HttpConnections(timeouts).exchange;
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
    const request = { method: 'POST', url, query: '', body } as const;
    const headers = await this.#signer.sign({
      ...request,
      path: url.pathname,
      headers: {
        host: url.host,
        'content-type': CONTENT_TYPE,
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `${api}.${operation}`,
      },
      payloadHash: hash('sha256', body),
    });
    const answer = await this.#exchange({ ...request, headers }, signal);
    const text = answer.body.toString();
    if (answer.status === 200) return text;
    throw errorOf(text, answer.status, headerTexts(answer.headers)['x-amzn-requestid']);
  }
}
