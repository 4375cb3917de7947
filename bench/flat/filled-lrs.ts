import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fill } from '#bench/load/fill.ts';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Dataset } from '#bench/load/operation.ts';
import { startOwnLrs } from '#bench/load/own-lrs.ts';
import { withStack } from '#bench/support/with-stack.ts';

export interface FilledOptions {
  readonly stored: number;
  /** Of the statements, where they are not there yet. */
  readonly seed: string;
  /** Where data folders are, or are made. */
  readonly folder: string;
  readonly progress: (text: string) => void;
}

export interface FilledLrs {
  readonly client: LrsClient;
  readonly dataset: Dataset;
}

/** Milliseconds that the lake may take for what was stored, and between two looks. */
const PATIENCE = 1_800_000;
const PAUSE = 1_000;

/**
 * Starts this LRS with so many statements stored: those that an earlier run has left in the folder, or new ones, which are
 * sent to it as clients send them.
 *
 * @param stack ends it
 * @throws Error when what was left is only half of it, or an answer is wrong
 */
export async function openFilled(options: FilledOptions, stack: AsyncDisposableStack): Promise<FilledLrs> {
  const data = join(options.folder, `statements-${options.stored}`);
  const notes = `${data}.json`;
  const known = await readDataset(notes);
  if (known === undefined && (await exists(data))) throw new Error(`${data} was not filled to its end: delete it.`);
  const dataset = known ?? (await fillFolder(data, options));
  if (known === undefined) await writeFile(notes, `${JSON.stringify(dataset)}\n`);
  // Started again: who has stored more would have warmed up more.
  return { client: await startOn(data, options.stored, stack), dataset };
}

function fillFolder(data: string, { stored, seed, progress }: FilledOptions): Promise<Dataset> {
  return withStack(async (stack) => {
    const client = await startOn(data, stored, stack);
    const dataset: Dataset = { seed, count: stored, since: new Date(Date.now() - 1_000).toISOString() };
    await fill(client, seed, stored, progress);
    await untilInLake(client, stored, progress);
    return dataset;
  });
}

async function startOn(data: string, stored: number, stack: AsyncDisposableStack): Promise<LrsClient> {
  const target = await startOwnLrs(stack, data);
  const client = new LrsClient({ ...target, name: `the LRS of ${stored} statements` });
  stack.defer(() => client.close());
  return client;
}

/** What was stored goes on into the lake, and nobody is to be measured meanwhile. */
async function untilInLake(client: LrsClient, stored: number, progress: (text: string) => void): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const { body } = await client.send({ method: 'GET', path: '/admin/v1/lake', fromRoot: true });
    const { rows }: { readonly rows?: unknown } = JSON.parse(body.toString());
    if (typeof rows === 'number' && rows >= stored) return;
    progress(`${client.name}: ${String(rows)} of them in the lake`);
    await sleep(PAUSE);
  }
  throw new Error('The lake has not got what was stored in time.');
}

async function readDataset(file: string): Promise<Dataset | undefined> {
  if (!(await exists(file))) return undefined;
  const { seed, count, since }: Partial<Dataset> = JSON.parse(await readFile(file, 'utf8'));
  if (seed === undefined || count === undefined || since === undefined)
    throw new Error(`${file} is not of this benchmark.`);
  return { seed, count, since };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
