import { randomUUID } from 'node:crypto';
import { partition } from '@aws-sdk/core/client';
import { JsonService, type JsonServiceOptions } from '#storage/aws/json-service.ts';
import type { CallOptions, DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { errorFromWire, readBytes, toWire, type WithItems } from '#storage/dynamodb/wire-format.ts';

export interface DynamoDbAddress {
  readonly region: string;
  /** Of a DynamoDB that is not AWS's own, for example the laptop's engine. */
  readonly endpoint?: string | undefined;
}

export interface DynamoDbOptions extends Omit<JsonServiceOptions, 'timeouts'> {
  /** A new token for each transaction, by which DynamoDB knows one that is sent again. */
  readonly newToken?: () => string;
}

/** They name keys, which have no bytes in any table, and need not be looked through for some. */
const READS: ReadonlySet<OperationName> = new Set(['BatchGetItem', 'GetItem', 'Query']);

/** Those of the SDK's client for DynamoDB. */
const RETRIES = { attempts: 4, baseDelay: 25 };

/**
 * DynamoDB, in its JSON protocol. The SDK's client takes several times as long for what it does beside
 * (`docs/adr/0029-call-dynamodb-with-the-sdks-parts.md`).
 */
export class DynamoDbService implements DynamoDb {
  readonly #service: JsonService;
  readonly #newToken: () => string;

  constructor({ region, endpoint }: DynamoDbAddress, options: DynamoDbOptions = {}) {
    const { newToken = randomUUID, ...others } = options;
    const url = new URL(endpoint ?? `https://dynamodb.${region}.${partition(region).dnsSuffix}`);
    const profile = { url, region, signingName: 'dynamodb', api: 'DynamoDB_20120810', retries: RETRIES };
    this.#service = new JsonService({ ...profile, errorOf: errorFromWire }, others);
    this.#newToken = newToken;
  }

  async call<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    { signal }: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const text = await this.#service.call(operation, this.#bodyOf(operation, input), signal);
    const output: OutputOf<Name> & WithItems = JSON.parse(text);
    readBytes(output);
    return output;
  }

  #bodyOf(operation: OperationName, input: object): string {
    if (READS.has(operation)) return JSON.stringify(input);
    return toWire(operation === 'TransactWriteItems' ? { ClientRequestToken: this.#newToken(), ...input } : input);
  }
}
