import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type HttpClient, httpClient } from '#test/support/http-client.ts';
import { type RunningLrs, startLrs } from '#test/support/lrs.ts';
import type { XapiVersion } from '#xapi/version.ts';

interface TestLrs {
  readonly lrs: Omit<RunningLrs, 'key' | 'secret' | 'stop'>;
  readonly client: Omit<HttpClient, 'close'>;
}

/**
 * One LRS for all tests of a file, and a client that has its credential. It is there from the first `beforeAll` behind this
 * call on, until after the last test.
 *
 * @param options.main the module that is run
 * @param options.version that the client speaks
 * @param options.isKilledOften keeps what a start compiles, so that those after it take half the time
 */
export function testLrs(
  options: { readonly main?: string; readonly version?: XapiVersion; readonly isKilledOften?: boolean } = {},
): TestLrs {
  const { main, version, isKilledOften = false } = options;
  let cache: string | undefined;
  let lrs: RunningLrs;
  let client: HttpClient;

  beforeAll(async () => {
    if (isKilledOften) cache = await mkdtemp(join(tmpdir(), 'lrs-test-cache-'));
    lrs = await startLrs(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }, main);
    client = httpClient(lrs, version);
    if (cache === undefined) return;
    // Node writes this cache when a process ends by itself.
    await lrs.terminate();
    await lrs.restart();
  });

  afterAll(async () => {
    client.close();
    await lrs.stop();
    if (cache !== undefined) await rm(cache, { recursive: true });
  });

  return {
    lrs: {
      get url() {
        return lrs.url;
      },
      get authorization() {
        return lrs.authorization;
      },
      get dataFolder() {
        return lrs.dataFolder;
      },
      terminate: () => lrs.terminate(),
      kill9: () => lrs.kill9(),
      killEngine: () => lrs.killEngine(),
      restart: () => lrs.restart(),
    },
    client: {
      send: (sent) => client.send(sent),
      getJson: (path, query) => client.getJson(path, query),
      post: (path, json) => client.post(path, json),
      putStatement: (id, json) => client.putStatement(id, json),
    },
  };
}
