import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HiddenServer } from '#local/hidden-server.ts';
import { localFunction } from '#local/lambda/local-function.ts';
import { startLambda } from '#local/lambda/server.ts';
import { LambdaFunctionCaller } from '#storage/lambda/function-caller.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const stop of stops.splice(0)) await stop();
});

/** A Lambda with one function, and what calls it. */
async function lambdaWith(
  handler: Parameters<typeof localFunction>[0],
): Promise<{ server: HiddenServer; client: LambdaClient }> {
  const server = await startLambda({ functions: { 'the-function': localFunction(handler) }, retryPauses: [1, 1] });
  const client = new LambdaClient({ endpoint: server.endpoint, maxAttempts: 1, ...ENGINE_ACCESS });
  stops.push(async () => {
    client.destroy();
    await server.stop();
  });
  return { server, client };
}

function invoke(client: LambdaClient, input: Partial<ConstructorParameters<typeof InvokeCommand>[0]> = {}) {
  return client.send(new InvokeCommand({ FunctionName: 'the-function', InvocationType: 'Event', ...input }));
}

/** Keeps what is written to the console's error stream, instead of showing it. */
function complaints() {
  return vi.spyOn(console, 'error').mockImplementation(() => {});
}

describe('local Lambda', () => {
  it('answers before the function does, and calls it with the event', async () => {
    const events: unknown[] = [];
    const done = Promise.withResolvers<void>();
    const { client } = await lambdaWith(async (event, context) => {
      await done.promise;
      events.push(event, context.functionName, context.getRemainingTimeInMillis() > 800_000);
    });
    await new LambdaFunctionCaller(client, 'the-function').call({ store: 'default', text: 'Grüße' });
    expect(events).toEqual([]);
    done.resolve();
    await vi.waitFor(() => expect(events).toEqual([{ store: 'default', text: 'Grüße' }, 'the-function', true]));
  });

  it('calls a function for two events at once at most, and for all of them', async () => {
    let inFlight = 0;
    let most = 0;
    const seen: unknown[] = [];
    const { client } = await lambdaWith(async (event) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await sleep(2);
      seen.push(event);
      inFlight -= 1;
    });
    const caller = new LambdaFunctionCaller(client, 'the-function');
    for (let index = 0; index < 20; index += 1) await caller.call({ index });
    await vi.waitFor(() => expect(seen).toHaveLength(20));
    expect(most).toBe(2);
  });

  it('calls a function that fails twice again, with the event as it was', async () => {
    const spy = complaints();
    const seen: unknown[] = [];
    const { client } = await lambdaWith(async (event) => {
      seen.push(structuredClone(event));
      Object.assign(Object(event), { changed: true });
      if (seen.length < 3) throw new Error('not now');
    });
    await new LambdaFunctionCaller(client, 'the-function').call({ a: 1 });
    await vi.waitFor(() => expect(seen).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]));
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it('lets an event go after the third failure, and says so', async () => {
    const spy = complaints();
    let calls = 0;
    const { client } = await lambdaWith(() => {
      calls += 1;
      return Promise.reject(new Error('never'));
    });
    await new LambdaFunctionCaller(client, 'the-function').call({});
    await vi.waitFor(() => expect(spy).toHaveBeenCalledTimes(4));
    expect(spy.mock.lastCall?.[0]).toMatch(/^The function the-function has failed 3 times on event [0-9a-f-]{36}\.$/u);
    expect(calls).toBe(3);
  });

  it('waits for the calls in flight when it is stopped, and lets go of what waits', async () => {
    const seen: string[] = [];
    const stopping = Promise.withResolvers<void>();
    const { server, client } = await lambdaWith(async () => {
      seen.push('begun');
      await stopping.promise;
      seen.push('ended');
    });
    const caller = new LambdaFunctionCaller(client, 'the-function');
    for (let index = 0; index < 5; index += 1) await caller.call({});
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    const stopped = server.stop();
    stopping.resolve();
    await stopped;
    stops.length = 0;
    client.destroy();
    expect(seen).toEqual(['begun', 'begun', 'ended', 'ended']);
  });

  it('leaves a function no time when it is stopped, and takes what that asks for then, which is let go', async () => {
    const begun = Promise.withResolvers<void>();
    const outcomes: string[] = [];
    const { server, client } = await lambdaWith(async (_, context) => {
      outcomes.push('begun');
      begun.resolve();
      while (context.getRemainingTimeInMillis() > 0) await sleep(2);
      await new LambdaFunctionCaller(client, 'the-function').call({});
      outcomes.push('called for the rest');
    });
    await new LambdaFunctionCaller(client, 'the-function').call({});
    await begun.promise;
    await server.stop();
    stops.length = 0;
    client.destroy();
    expect(outcomes).toEqual(['begun', 'called for the rest']);
  });

  it.each([
    ['a function that is not there', { FunctionName: 'other' }, 'ResourceNotFoundException'],
    ['a call that waits', { InvocationType: 'RequestResponse' as const }, 'InvalidParameterValueException'],
    ['what is not JSON', { Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
    ['more than 1 MB', { Payload: Buffer.alloc(1_100_000, '1') }, 'RequestTooLargeException'],
  ])('refuses %s', async (_, input, name) => {
    const { client } = await lambdaWith(() => Promise.resolve());
    await expect(invoke(client, input)).rejects.toMatchObject({ name });
  });
});

describe('LambdaFunctionCaller', () => {
  it('says `overloaded` when Lambda is out of reach', async () => {
    const client = new LambdaClient({ endpoint: 'http://127.0.0.1:9', maxAttempts: 1, ...ENGINE_ACCESS });
    await expect(new LambdaFunctionCaller(client, 'x').call({})).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('throws what is a defect', async () => {
    const { client } = await lambdaWith(() => Promise.resolve());
    const caller = new LambdaFunctionCaller(client, 'missing');
    await expect(caller.call({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
