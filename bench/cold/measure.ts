import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Calls, callBundle } from '#bench/cold/call-bundle.ts';
import type { Engines } from '#bench/support/engines.ts';
import { eventOf, FIRST_REQUESTS } from '#bench/cold/first-requests.ts';
import { ROUTES } from '#lib/routes.ts';

/** Times are medians, in milliseconds. */
export interface Measurement {
  readonly name: string;
  readonly bytes: number;
  readonly importTime: number;
  /** Not a median, but what other programs hardly disturb. */
  readonly fastestImport: number;
  /** Of the first request; undefined for a function that answers none. */
  readonly firstRequest: number | undefined;
}

export interface Report {
  readonly runs: number;
  /** Median of the time until Node ran the first line, in milliseconds: how fast the machine was meanwhile. */
  readonly nodeStart: number;
  readonly functions: readonly Measurement[];
}

interface Options {
  /** Name → directory. */
  readonly bundles: Readonly<Record<string, string>>;
  readonly engines: Engines;
  readonly runs: number;
  readonly progress: (text: string) => void;
}

/** Runs every function once before it runs any again, so that a slow moment of the machine meets all of them. */
export async function measure({ bundles, engines, runs, progress }: Options): Promise<Report> {
  const measured = new Map<string, Calls[]>(Object.keys(bundles).map((name) => [name, []]));
  for (let run = 1; run <= runs; run += 1) {
    for (const [name, calls] of measured) {
      progress(`run ${run} of ${runs}: ${name}`);
      calls.push(await start(name, fileOf(bundles, name), engines));
    }
  }
  const functions = [...measured].map(async ([name, calls]) => ({
    name,
    bytes: (await stat(fileOf(bundles, name))).size,
    importTime: median(calls.map(({ importTime }) => importTime)),
    fastestImport: Math.min(...calls.map(({ importTime }) => importTime)),
    firstRequest: FIRST_REQUESTS[name] && median(calls.flatMap(({ results }) => results.map(({ time }) => time))),
  }));
  const nodeStart = median([...measured.values()].flat().map(({ nodeStart }) => nodeStart));
  return { runs, nodeStart, functions: await Promise.all(functions) };
}

function fileOf(bundles: Options['bundles'], name: string): string {
  return join(bundles[name] ?? '', 'index.mjs');
}

/** @throws Error when the function does not answer with a success: then the time would mean nothing. */
async function start(name: string, file: string, { variables, authorization, basePath }: Engines): Promise<Calls> {
  const request = FIRST_REQUESTS[name];
  const resource = ROUTES.find((route) => route.function === name);
  const path = request?.path ?? `${basePath}${resource?.path ?? ''}`;
  const events = request === undefined ? [] : [eventOf(path, request, authorization)];
  const calls = await callBundle(file, variables, events);
  for (const { result } of calls.results) {
    const status = result.statusCode ?? 0;
    if (status < 200 || status >= 300) throw new Error(`The first request of ${name} was answered with ${status}.`);
  }
  return calls;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}
