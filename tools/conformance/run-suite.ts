import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { RunLog } from './results.ts';
import type { SuiteVersion } from './options.ts';

export interface SuiteRun {
  /** The checkout of the official suite, installed. */
  readonly suite: string;
  readonly version: SuiteVersion;
  readonly grep: string | undefined;
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
}

/**
 * Runs the official suite against an LRS.
 *
 * @throws Error with the end of what it printed when it wrote no log.
 */
export async function runSuite({ suite, version, grep, endpoint, key, secret }: SuiteRun): Promise<RunLog> {
  const access = ['-e', endpoint, '-a', '-u', key, '-p', secret];
  const parameters = ['bin/console_runner.js', '-x', version, ...access, ...(grep === undefined ? [] : ['-g', grep])];
  const child = spawn(process.execPath, parameters, { cwd: suite, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await once(child, 'close');
  // Its exit code is the number of failures modulo 256, so only the log tells.
  const path = /^Full run log written to (.+)$/mu.exec(output)?.[1];
  if (path === undefined) throw new Error(`The suite wrote no log:\n${output.slice(-2_000)}`);
  const log: RunLog = JSON.parse(await readFile(path, 'utf8'));
  return log;
}
