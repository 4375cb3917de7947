import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const FRESH_PROCESS = fileURLToPath(new URL('fresh-process.mjs', import.meta.url));

/** Bytes of an answer; more than Lambda would let through. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** Milliseconds for the whole life of the process. */
const LIMIT = 12_000;

/** What a bundle did in a process of its own. All times in milliseconds. */
export interface Calls {
  /** Until Node ran the first line. */
  readonly nodeStart: number;
  readonly importTime: number;
  /** Bytes that were resident, at the most. */
  readonly peakMemory: number;
  /** In the order of the events. */
  readonly results: readonly { readonly time: number; readonly result: APIGatewayProxyStructuredResultV2 }[];
}

/**
 * Loads the bundle in a fresh process and sends it the events, one after the other.
 *
 * @param variables the whole environment of the process.
 * @throws Error with what the process printed when it fails, or has not ended in `limit` milliseconds: then it is killed.
 */
export async function callBundle(
  file: string,
  variables: Readonly<Record<string, string>>,
  events: readonly unknown[],
  limit = LIMIT,
): Promise<Calls> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-events-'));
  try {
    const eventsFile = join(folder, 'events.json');
    await writeFile(eventsFile, JSON.stringify(events));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [FRESH_PROCESS, pathToFileURL(file).href, eventsFile],
      { env: variables, maxBuffer: MAX_ANSWER, timeout: limit, killSignal: 'SIGKILL' },
    );
    // Above it is the log of the function.
    const calls: Calls = JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
    return calls;
  } finally {
    await rm(folder, { recursive: true });
  }
}
