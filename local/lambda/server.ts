import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HiddenServer, startHiddenServer } from '#local/hidden-server.ts';
import { EventQueue } from '#local/lambda/event-queue.ts';
import { LambdaError } from '#local/lambda/lambda-error.ts';
import type { LocalFunction } from '#local/lambda/local-function.ts';
import { readWithin } from '#local/read-within.ts';

/** Bytes: what Lambda takes of an event. */
const BODY_LIMIT = 1024 * 1024;

type Queues = ReadonlyMap<string, EventQueue>;

/**
 * Serves the one operation of Lambda that the LRS uses, the asynchronous `Invoke`, on loopback, without looking at
 * signatures. `stop` also waits for the calls in flight.
 *
 * @param options.functions by their names
 * @param options.retryPauses milliseconds before each further call with an event on which a function has failed
 */
export async function startLambda(options: {
  readonly functions: Readonly<Record<string, LocalFunction>>;
  readonly retryPauses?: readonly number[];
}): Promise<HiddenServer> {
  const { functions, ...rest } = options;
  const queues: Queues = new Map(
    Object.entries(functions).map(([name, handler]) => [name, new EventQueue({ name, handler, ...rest })]),
  );
  const server = await startHiddenServer((message, response) => void serve(message, response, queues));
  return {
    endpoint: server.endpoint,
    stop: async () => {
      // A function that ends early may still want to be called for the rest.
      await Promise.all(Array.from(queues.values(), (queue) => queue.stop()));
      await server.stop();
    },
  };
}

async function serve(message: IncomingMessage, response: ServerResponse, queues: Queues): Promise<void> {
  try {
    const queue = queueFor(message, queues);
    queue.add(await readEvent(message));
    response.writeHead(202, { 'x-amzn-requestid': randomUUID() }).end();
  } catch (error) {
    if (error instanceof LambdaError) {
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': error.code };
      response.writeHead(error.status, headers).end(JSON.stringify({ Type: 'User', Message: error.message }));
    } else {
      console.error('Lambda:', error);
      response.destroy();
    }
  } finally {
    // What is left of a body that was refused, so that the connection can be used again.
    message.resume();
  }
}

function queueFor({ method, url = '', headers }: IncomingMessage, queues: Queues): EventQueue {
  const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/u.exec(url)?.[1];
  if (method !== 'POST' || name === undefined) {
    throw new LambdaError('UnknownOperationException', 'This server does not know the operation.');
  }
  if (headers['x-amz-invocation-type'] !== 'Event') {
    throw new LambdaError('InvalidParameterValueException', 'This server takes events only: InvocationType Event.');
  }
  const queue = queues.get(name);
  if (queue === undefined) throw new LambdaError('ResourceNotFoundException', `Function not found: ${name}`);
  return queue;
}

/** @returns JSON */
async function readEvent(message: IncomingMessage): Promise<string> {
  const body = await readWithin(BODY_LIMIT, message);
  if (body === undefined) {
    throw new LambdaError('RequestTooLargeException', `The event has more than ${BODY_LIMIT} bytes.`);
  }
  const text = body.toString('utf8') || '{}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new LambdaError('InvalidRequestContentException', 'The event is not JSON.');
  }
}
