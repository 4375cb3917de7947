import { setTimeout as sleep } from 'node:timers/promises';
import { ROUTES } from '#lib/routes.ts';
import { NoAnswer } from './answer.ts';
import type { Check, Inspection } from './check.ts';
import type { Client, Sent } from './client.ts';
import type { Finding } from './finding.ts';
import { type Legible, legibleFinding } from './legible.ts';
import { EndlessAnswer } from './received-bytes.ts';
import { faultsOf } from './watch.ts';

export type Outcome = 'passed' | 'failed' | 'skipped' | 'not run';

export interface CheckResult {
  readonly name: string;
  readonly proves: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  /** Why it was skipped or not run, and what was seen. */
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
}

/** What all checks of a run have in common. */
export interface Context extends Pick<Inspection, 'endpoint' | 'access' | 'limited' | 'data' | 'pace'> {
  readonly client: Client;
  /** For all that is told of answers. */
  readonly legible: Legible;
  readonly firstCalls: Map<string, number>;
}

/** Findings of one kind say the same. */
const FINDINGS = 10;

/**
 * Runs checks one after the other.
 *
 * @param signal ends the run: what has not been run by then is not run any more.
 * @param report called with each result as soon as it is there.
 */
export async function runChecks(
  checks: readonly Check[],
  context: Context,
  signal: AbortSignal,
  report: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  let obstacle: string | undefined;
  for (const check of checks) {
    const result =
      obstacle === undefined && !signal.aborted
        ? await runCheck(check, context, signal)
        : notRun(check, obstacle ?? String(signal.reason));
    if (check.essential === true && result.outcome === 'failed') obstacle = `${check.name} failed`;
    results.push(result);
    report(result);
  }
  return results;
}

function notRun({ name, proves }: Check, reason: string): CheckResult {
  return { name, proves, outcome: 'not run', milliseconds: 0, notes: [reason], findings: [] };
}

async function runCheck(check: Check, context: Context, signal: AbortSignal): Promise<CheckResult> {
  const { name, proves } = check;
  const reason = check.skips?.(context);
  if (reason !== undefined) {
    return { name, proves, outcome: 'skipped', milliseconds: 0, notes: [reason], findings: [] };
  }
  const start = performance.now();
  const record = createRecord(context.legible);
  try {
    await check.run(inspection(context, signal, record));
  } catch (error) {
    if (signal.aborted) return { ...notRun(check, String(signal.reason)), milliseconds: performance.now() - start };
    record.add(failureOf(error));
  }
  const { findings, notes } = record;
  const outcome = findings.length === 0 ? 'passed' : 'failed';
  return { name, proves, outcome, milliseconds: performance.now() - start, notes, findings };
}

/** What a check finds and sees, fit to be printed. */
interface CheckRecord extends Pick<CheckResult, 'findings' | 'notes'>, Pick<Inspection, 'note'> {
  readonly add: (finding: Finding) => void;
}

function createRecord(legible: Legible): CheckRecord {
  const findings: Finding[] = [];
  const notes: string[] = [];
  return {
    findings,
    notes,
    add: (finding) => {
      if (findings.length < FINDINGS) findings.push(legibleFinding(legible, finding));
    },
    note: (text) => {
      notes.push(legible(text));
    },
  };
}

function inspection(context: Context, signal: AbortSignal, { add, note }: CheckRecord): Inspection {
  const { client, firstCalls, legible: _, ...rest } = context;
  return {
    ...rest,
    firstCalls,
    signal,
    send: async (sent: Sent) => {
      const answer = await client.send(sent, signal);
      if (isResource(sent.path) && !firstCalls.has(sent.path)) firstCalls.set(sent.path, answer.milliseconds);
      for (const fault of faultsOf(answer)) add(fault);
      return answer;
    },
    sleep: async (milliseconds) => {
      await sleep(milliseconds, undefined, { signal });
    },
    verify: (holds, finding) => {
      if (!holds) add(finding);
      return holds;
    },
    note,
  };
}

function isResource(path: string): boolean {
  return ROUTES.some((route) => route.path === path);
}

/** What Node says of a name that is not known, or of a port that nothing listens on. */
const NOBODY_THERE = /\b(?:ENOTFOUND|ECONNREFUSED)\b/u;

function failureOf(error: unknown): Finding {
  if (error instanceof NoAnswer) {
    return {
      expected: 'an answer',
      received: `${error.request}: ${error.message}`,
      ...(NOBODY_THERE.test(error.message)
        ? {
            meaning: 'Nobody answers at this address.',
            advice: 'Compare host and port of the endpoint with the outputs of the stack.',
          }
        : {
            meaning: 'Clients see a network error, and cannot know whether the LRS did what they asked for.',
            advice:
              'Run the check again with --only. If it fails again, look for the request in the log of the gateway.',
          }),
    };
  }
  if (error instanceof EndlessAnswer) {
    return {
      expected: 'an answer with an end',
      received: `${error.request}: ${error.message}, which was broken off`,
      meaning: 'Clients that read it to its end run out of memory.',
      advice: 'Find out who answers: neither Lambda nor API Gateway lets that much through.',
    };
  }
  return {
    expected: 'answers that the check can read',
    received: String(error),
    meaning: 'None yet: the check broke off.',
    advice: 'Look at the answers of the endpoint; if they are right, the check has a defect.',
  };
}
