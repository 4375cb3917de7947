import type { FunctionName } from '#lib/rights.ts';
import { isRun } from '#test/support/recording-coverage.ts';
import {
  type Installation,
  type RecordedFunction,
  type Scenario,
  startRecorded,
} from '#test/support/recording-function.ts';
import type { Place } from '#test/support/recording-places.ts';
import { type Policy, unneeded } from '#test/support/recording-policy.ts';
import type { Recording } from '#test/support/recording-proxy.ts';

export interface Report {
  /** Calls that the policy does not allow, a sentence each. */
  readonly denied: readonly string[];
  /** What of the policy no call needs, a sentence each. */
  readonly unneeded: readonly string[];
  /** What each of its processes ran of the bundle. */
  readonly runs: RecordedFunction['runs'];
  readonly recording: Recording;
  /** What a scenario was ended by. */
  readonly failure: Error | undefined;
}

/** Puts a function through scenarios under this policy. */
export async function report(
  name: FunctionName,
  policy: Policy,
  scenarios: readonly Scenario[],
  installation: Installation,
): Promise<Report> {
  const recorded = await startRecorded(name, policy, installation);
  let failure: Error | undefined;
  try {
    for (const scenario of scenarios) await scenario(recorded, installation);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  } finally {
    await recorded.stop();
  }
  const { recording } = recorded.recorder;
  return {
    denied: [...recording.denied],
    unneeded: unneeded(policy, recording.calls),
    runs: recorded.runs,
    recording,
    failure,
  };
}

/** The names of the places that no process ran, sorted. */
export function unreached(places: readonly Place[], runs: Report['runs']): readonly string[] {
  const missed = places.filter(({ offset }) => !runs.some((run) => isRun(run, offset)));
  return missed.map(({ name }) => name).toSorted();
}
