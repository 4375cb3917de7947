import { DynamoDBClient, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import { ENGINE_ACCESS } from '#test/support/engine.ts';

/** A call on its way to the engine. */
export interface Call {
  /** `PutItem`, `Query` … */
  readonly name: string;
  readonly input: ServiceInputTypes;
}

/** Decides what becomes of a call: `send` lets the engine carry it out. */
export type Interceptor = (call: Call, send: () => Promise<ServiceOutputTypes>) => Promise<ServiceOutputTypes>;

/** A real client of the real engine, with somebody on the line. The SDK does not try again what they throw. */
export function interceptedClient(endpoint: string, intercept: Interceptor): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, ...ENGINE_ACCESS });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = String(context['commandName']).replace(/Command$/u, '');
      const output = await intercept({ name, input: args.input }, async () => (await next(args)).output);
      return { output, response: undefined };
    },
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

/** A client that loses the answer to its first request of this kind, which the engine has carried out; then it is sent again. */
export function forgetfulClient(endpoint: string, name: string): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, ...ENGINE_ACCESS });
  let lost = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (lost || context['commandName'] !== `${name}Command`) return answer;
      lost = true;
      throw connectionLost();
    },
    { step: 'deserialize', priority: 'high' },
  );
  return client;
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
