import { randomUUID } from 'node:crypto';
import { partition } from '@aws-sdk/core/client';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { HttpRequest } from '@smithy/core/transport';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { Retries } from '#storage/aws/retries.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { Sha256 } from '#storage/aws/sha256.ts';
import type { CallOptions, DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { errorFromWire, readBytes, toWire, type WithItems } from '#storage/dynamodb/wire-format.ts';

export interface DynamoDbAddress {
  readonly region: string;
  /** Of a DynamoDB that is not AWS's own, for example the laptop's engine. */
  readonly endpoint?: string | undefined;
}

export interface DynamoDbOptions {
  /** Where the SDK finds them unless given. */
  readonly credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  /** What sends a signed request; else the SDK's handler. */
  readonly http?: Pick<NodeHttpHandler, 'handle'>;
  /** A new token for each transaction, by which DynamoDB knows one that is sent again. */
  readonly newToken?: () => string;
}

const API = 'DynamoDB_20120810';
const CONTENT_TYPE = 'application/x-amz-json-1.0';

const SOCKETS = { keepAlive: true, maxSockets: 100 };

/** Those of the SDK's client for DynamoDB. */
const RETRIES = { attempts: 4, baseDelay: 25 };

/**
 * DynamoDB, with the signatures, connections and retries of the SDK's own parts. The SDK's client has them too, and takes
 * three times as long for what it does beside (`docs/adr/0029-call-dynamodb-with-the-sdks-parts.md`).
 */
export class DynamoDbService implements DynamoDb {
  readonly #url: URL;
  readonly #signer: SignatureV4;
  readonly #http: Pick<NodeHttpHandler, 'handle'>;
  readonly #retries = new Retries(RETRIES);
  readonly #newToken: () => string;

  constructor({ region, endpoint }: DynamoDbAddress, options: DynamoDbOptions = {}) {
    const { credentials = defaultProvider(), newToken = randomUUID, http = sdkHandler() } = options;
    this.#url = new URL(endpoint ?? `https://dynamodb.${region}.${partition(region).dnsSuffix}`);
    this.#signer = new SignatureV4({ service: 'dynamodb', region, credentials, sha256: Sha256, applyChecksum: false });
    this.#http = http;
    this.#newToken = newToken;
  }

  async call<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const body = toWire(
      operation === 'TransactWriteItems' ? { ClientRequestToken: this.#newToken(), ...input } : input,
    );
    const text = await this.#retries.run(() => this.#sendOnce(operation, body, options));
    const output: OutputOf<Name> & WithItems = JSON.parse(text);
    readBytes(output);
    return output;
  }

  async #sendOnce(operation: OperationName, body: string, { signal }: CallOptions): Promise<string> {
    const { protocol, hostname, host, port } = this.#url;
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
        'x-amz-target': `${API}.${operation}`,
      },
      body,
    });
    const signed = new HttpRequest(await this.#signer.sign(request));
    const { response } = await this.#http.handle(signed, signal === undefined ? {} : { abortSignal: signal });
    const content = await streamCollector(response.body);
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString();
    if (response.statusCode === 200) return text;
    throw errorFromWire(text, response.statusCode, response.headers['x-amzn-requestid']);
  }
}

function sdkHandler(): NodeHttpHandler {
  return new NodeHttpHandler({ ...SERVICE_TIMEOUTS, httpAgent: SOCKETS, httpsAgent: SOCKETS });
}
