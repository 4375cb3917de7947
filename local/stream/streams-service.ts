import { JsonService, type JsonServiceOptions } from '#storage/aws/json-service.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { errorFromWire } from '#storage/dynamodb/wire-format.ts';
import type { InputOf, OutputOf, StreamOperation, Streams } from '#local/stream/streams.ts';

export interface StreamsAddress {
  readonly region: string;
  /** URL */
  readonly endpoint: string;
}

const RETRIES = { attempts: 3 };

/** Milliseconds: the embedded engine may be busy. */
const PATIENCE = 10_000;
const TIMEOUTS = { ...SERVICE_TIMEOUTS, requestTimeout: PATIENCE, socketTimeout: PATIENCE };

/** DynamoDB Streams. The records of a page stay as they came, for whoever they are handed on to wants them so. */
export class StreamsService implements Streams {
  readonly #service: JsonService;

  constructor({ region, endpoint }: StreamsAddress, options: Omit<JsonServiceOptions, 'timeouts'> = {}) {
    const profile = { region, signingName: 'dynamodb', api: 'DynamoDBStreams_20120810', retries: RETRIES };
    const service = { ...profile, url: new URL(endpoint), errorOf: errorFromWire };
    this.#service = new JsonService(service, { timeouts: TIMEOUTS, ...options });
  }

  async call<Name extends StreamOperation>(
    operation: Name,
    input: InputOf<Name>,
    signal?: AbortSignal,
  ): Promise<OutputOf<Name>> {
    const output: OutputOf<Name> = JSON.parse(await this.#service.call(operation, JSON.stringify(input), signal));
    return output;
  }
}
