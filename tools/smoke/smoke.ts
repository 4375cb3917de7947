import { randomBytes } from 'node:crypto';
import type { Check } from './check.ts';
import { CHECKS } from './checks.ts';
import { cleanUp } from './checks/clean-up.ts';
import { createClient } from './client.ts';
import { createLegible } from './legible.ts';
import type { RunOptions } from './options.ts';
import { PACE, type Pace } from './pace.ts';
import { redactor } from './redact.ts';
import type { SmokeResult } from './report.ts';
import { type CheckResult, type Context, runChecks } from './run-checks.ts';
import { smokeData } from './smoke-data.ts';

type Endpoint = Pick<RunOptions, 'endpoint' | 'access' | 'limited' | 'only'>;

/** How a run is accompanied. */
export interface Conduct {
  /** Aborted by Ctrl-C, with a reason for people to read. */
  readonly interrupted: AbortSignal;
  readonly report: (result: CheckResult) => void;
  readonly pace?: Pace;
}

/** Runs the checks, and cleans up whatever became of them. */
export async function smoke(
  { endpoint, access, limited, only }: Endpoint,
  { interrupted, report, pace = PACE }: Conduct,
): Promise<SmokeResult> {
  const start = performance.now();
  const legible = createLegible(redactor({ access, limited }));
  const client = createClient(endpoint, access, pace.request, legible);
  const data = smokeData(randomBytes(6).toString('hex'));
  const context: Context = { endpoint, access, limited, data, pace, client, legible, firstCalls: new Map() };
  try {
    const checks = await runWithin(pace.checks, chosenOf(only), context, report, interrupted);
    const cleaned =
      isTrusted(checks) && isDirty(context) ? await runWithin(pace.cleanUp, [cleanUp], context, report) : [];
    const all = [...checks, ...cleaned];
    return {
      endpoint: endpoint.href,
      run: data.run,
      passed: all.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped'),
      milliseconds: performance.now() - start,
      requests: client.count(),
      checks: all,
    };
  } finally {
    client.close();
  }
}

/** What is essential runs even when it was not chosen: only then may a secret be sent. */
function chosenOf(only: readonly string[]): readonly Check[] {
  return only.length === 0 ? CHECKS : CHECKS.filter(({ name, essential }) => essential === true || only.includes(name));
}

/** Whether every essential check found the endpoint to be one that may be sent secrets. */
function isTrusted(results: readonly CheckResult[]): boolean {
  const good = results.filter(({ outcome }) => outcome === 'passed' || outcome === 'skipped').map(({ name }) => name);
  return CHECKS.every(({ name, essential }) => essential !== true || good.includes(name));
}

function isDirty({ data }: Context): boolean {
  return data.statements.size > 0 || data.places.length > 0;
}

async function runWithin(
  milliseconds: number,
  checks: readonly Check[],
  context: Context,
  report: Conduct['report'],
  interrupted?: AbortSignal,
): Promise<readonly CheckResult[]> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(`there was no time left after ${milliseconds / 1_000} s`);
  }, milliseconds);
  try {
    const signal = interrupted === undefined ? late.signal : AbortSignal.any([late.signal, interrupted]);
    return await runChecks(checks, context, signal, report);
  } finally {
    clearTimeout(timer);
  }
}
