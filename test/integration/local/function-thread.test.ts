import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toContext } from '#local/lambda/context.ts';
import { FunctionThread } from '#local/lambda/function-thread.ts';

const MODULE = new URL('../../support/threaded-function.ts', import.meta.url);

let thread: FunctionThread;

beforeEach(() => {
  thread = new FunctionThread();
});

afterEach(() => thread.stop());

function call(wish: string, stopping?: AbortSignal): Promise<unknown> {
  const context = toContext('the-function', 'request', Date.now() + 60_000, stopping);
  return thread.functionOf(MODULE)(JSON.stringify({ wish }), context);
}

describe('FunctionThread', () => {
  it('calls a function outside of this thread, with the environment of the first call', async () => {
    process.env['LRS_TEST_VARIABLE'] = 'value';
    expect(await call('tell')).toEqual({
      isMainThread: false,
      functionName: 'the-function',
      awsRequestId: 'request',
      variable: 'value',
    });
    delete process.env['LRS_TEST_VARIABLE'];
  });

  it('throws what the function throws', async () => {
    await expect(call('fail')).rejects.toThrow(new TypeError('as you wish'));
    expect(await call('tell')).toMatchObject({ isMainThread: false });
  });

  it('leaves a function no time from a signal on, and only that one', async () => {
    const stopping = new AbortController();
    const [stopped, other] = [call('work', stopping.signal), call('work')];
    stopping.abort();
    await expect(stopped).resolves.toBeDefined();
    await expect(Promise.race([other, call('tell').then(() => 'working')])).resolves.toBe('working');
    await Promise.all([thread.stop(), expect(other).rejects.toThrow('The thread of the function has ended.')]);
  });

  it('tells every caller when the thread crashes, and begins another', async () => {
    const [crashed, other] = [call('crash'), call('work')];
    await Promise.all([expect(crashed).rejects.toThrow('crashed'), expect(other).rejects.toThrow('crashed')]);
    expect(await call('tell')).toMatchObject({ isMainThread: false });
  });

  it('has nothing to end when nothing was called', async () => {
    await expect(new FunctionThread().stop()).resolves.toBeUndefined();
  });
});
