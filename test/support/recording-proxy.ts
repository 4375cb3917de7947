import { once } from 'node:events';
import { Agent, createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { hiddenLoopback } from '#local/hidden-loopback.ts';
import {
  type AwsRequest,
  type Call,
  dynamoDbRequest,
  invocation,
  listBucketOf,
  s3Request,
  secretsRequest,
} from '#test/support/recording-calls.ts';
import { allows, type Policy, sentenceOf } from '#test/support/recording-policy.ts';

/** The services behind the recorder. */
export interface Upstream {
  readonly dynamoDb: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly lambda: string;
}

export interface Recorder {
  /** Of all services. */
  readonly endpoint: string;
  readonly recording: Recording;
  /** Does something before the first request from now on that takes such a call is passed on. */
  meanwhile(isIt: (call: Call) => boolean, act: () => Promise<void>): void;
  stop(): Promise<void>;
}

/** Takes down what is asked, and says whether it is allowed. */
export class Recording {
  readonly #policy: Policy;
  readonly calls: Call[] = [];
  /** What the policy did not allow, a sentence each. */
  readonly denied = new Set<string>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** @returns the first call that is denied. */
  judge(calls: readonly Call[]): Call | undefined {
    const denied = calls.filter((call) => !allows(this.#policy, call));
    this.calls.push(...calls);
    for (const { leadingKeys, ...call } of denied) {
      this.denied.add(sentenceOf({ ...call, ...(leadingKeys.length > 0 && { keys: leadingKeys }) }));
    }
    return denied[0];
  }
}

interface Interruption {
  readonly isIt: (call: Call) => boolean;
  readonly act: () => Promise<void>;
}

/** What requests pass through. */
interface Passage {
  readonly recording: Recording;
  readonly interruptions: Set<Interruption>;
  readonly upstream: Upstream;
  readonly agent: Agent;
}

const NOT_FOUND = 404;

/**
 * Stands on loopback between a function and the services, where nothing can get around it: takes down what is asked of
 * them, and answers what the policy does not allow as AWS does.
 */
export async function startRecorder(policy: Policy, upstream: Upstream): Promise<Recorder> {
  const agent = new Agent({ keepAlive: true });
  const passage: Passage = { recording: new Recording(policy), interruptions: new Set(), upstream, agent };
  const server = createServer((message, response) => {
    // A process that was ended in the middle of a request does not wait for its answer.
    serve(message, response, passage).catch(() => response.destroy());
  });
  const host = await hiddenLoopback();
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://${host}:${port}`,
    recording: passage.recording,
    meanwhile: (isIt, act) => void passage.interruptions.add({ isIt, act }),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
}

async function serve(message: IncomingMessage, response: ServerResponse, passage: Passage): Promise<void> {
  const { recording, interruptions } = passage;
  const body = await buffer(message);
  const { operation, calls } = readRequest(message, body);
  const denied = recording.judge(calls);
  if (denied !== undefined) return deny(message, response, denied);
  await interrupt(interruptions, calls);
  const answer = await passOn(message, body, passage);
  const unlisted = operation === 'GetObject' && answer.statusCode === NOT_FOUND ? calls.map(listBucketOf) : [];
  const hidden = recording.judge(unlisted);
  if (hidden !== undefined) {
    answer.resume();
    return deny(message, response, hidden);
  }
  response.writeHead(answer.statusCode ?? 0, answer.headers);
  await pipeline(answer, response);
}

/** Names service, version and operation; S3 and Lambda have paths for that. */
function targetOf({ headers }: IncomingMessage): string | undefined {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target : undefined;
}

function serviceOf(message: IncomingMessage): keyof Upstream {
  const target = targetOf(message);
  if (target === undefined) return invocation(message.url ?? '') === undefined ? 's3' : 'lambda';
  return target.startsWith('secretsmanager.') ? 'secretsManager' : 'dynamoDb';
}

function readRequest(message: IncomingMessage, body: Buffer): AwsRequest {
  const target = targetOf(message) ?? '';
  const service = serviceOf(message);
  if (target === '') return invocation(message.url ?? '') ?? s3Request(message.method ?? '', message.url ?? '');
  return service === 'dynamoDb' ? dynamoDbRequest(target, body.toString()) : secretsRequest(target, body.toString());
}

async function interrupt(interruptions: Set<Interruption>, calls: readonly Call[]): Promise<void> {
  for (const interruption of interruptions) {
    if (!calls.some(interruption.isIt)) continue;
    interruptions.delete(interruption);
    await interruption.act();
  }
}

async function passOn(message: IncomingMessage, body: Buffer, { upstream, agent }: Passage): Promise<IncomingMessage> {
  const { method, url = '/', headers } = message;
  const target = new URL(url, upstream[serviceOf(message)]);
  // The body is here already, whatever the function wanted to wait for.
  const { expect: _, ...others } = headers;
  const request = sendRequest(target, { method, headers: { ...others, host: target.host }, agent });
  const answered: Promise<IncomingMessage[]> = once(request, 'response');
  request.end(body);
  const [answer] = await answered;
  if (answer === undefined) throw new Error('There is no answer.');
  return answer;
}

function deny(message: IncomingMessage, response: ServerResponse, denied: Call): void {
  const text = `User is not authorized to perform: ${denied.action} on resource: ${denied.resource}`;
  if (targetOf(message) !== undefined) {
    const body = { __type: 'com.amazon.coral.service#AccessDeniedException', Message: text };
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  } else {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>${text}</Message></Error>`;
    response.writeHead(403, { 'content-type': 'application/xml' }).end(body);
  }
}
