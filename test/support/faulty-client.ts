import { HttpConnections, type HttpExchange } from '#storage/aws/http-connections.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import type { CallOptions, DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { engineClient } from '#test/support/engine.ts';

/** A call on its way to the engine. */
export interface Call {
  /** `PutItem`, `Query` … */
  readonly name: OperationName;
  readonly input: InputOf<OperationName>;
}

/** Decides what becomes of a call: `send` lets the engine carry it out. */
export type Interceptor = (call: Call, send: () => Promise<OutputOf<OperationName>>) => Promise<object>;

/** A real client of the real engine, with somebody on the line. Nobody tries again what they throw. */
export function interceptedClient(
  endpoint: string,
  intercept: Interceptor,
  client: DynamoDb = engineClient(endpoint),
): DynamoDb {
  return new InterceptedClient(client, intercept);
}

class InterceptedClient implements DynamoDb {
  readonly #client: DynamoDb;
  readonly #intercept: Interceptor;

  constructor(client: DynamoDb, intercept: Interceptor) {
    this.#client = client;
    this.#intercept = intercept;
  }

  call<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: CallOptions): Promise<OutputOf<Name>>;
  call(name: OperationName, input: InputOf<OperationName>, options?: CallOptions): Promise<object> {
    return this.#intercept({ name, input }, () => this.#client.call(name, input, options));
  }
}

/** A client that loses the answer to its first request of this kind, which the engine has carried out; then it is sent again. */
export function forgetfulClient(endpoint: string, name?: string): DynamoDb {
  const { exchange } = new HttpConnections(SERVICE_TIMEOUTS);
  let lost = false;
  const forgetful: HttpExchange = async (request, signal) => {
    const answer = await exchange(request, signal);
    if (lost || (name !== undefined && request.headers['x-amz-target']?.endsWith(`.${name}`) !== true)) return answer;
    lost = true;
    throw connectionLost();
  };
  return engineClient(endpoint, { exchange: forgetful });
}

/** Loses the connection at each transaction from the `nth` on, the first being 1. */
export function losingTransactions(nth: number): Interceptor {
  let transactions = 0;
  return (call, send) => {
    transactions += call.name === 'TransactWriteItems' ? 1 : 0;
    if (call.name === 'TransactWriteItems' && transactions >= nth) throw connectionLost();
    return send();
  };
}

export function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}

/** Whether a call concerns an item or index whose key holds this text. */
export function concerns(call: Call, text: string): boolean {
  return JSON.stringify(call.input).includes(text);
}

export interface Gate {
  /** Resolves when somebody has arrived. */
  readonly reached: Promise<void>;
  /** Waits at the gate until it is opened. */
  readonly pass: () => Promise<void>;
  readonly open: () => void;
}

export function gate(): Gate {
  const arrival = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  return {
    reached: arrival.promise,
    pass: () => {
      arrival.resolve();
      return opening.promise;
    },
    open: () => opening.resolve(),
  };
}
