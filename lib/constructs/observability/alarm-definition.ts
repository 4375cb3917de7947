import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm is raised when `breaches` of the last `periods` values are at or above the threshold, or below it. */
export interface AlarmDefinition {
  /** Its name behind that of the LRS, and its heading in `docs/operations/runbook.md`. */
  readonly key: string;
  /** One sentence for whoever gets the message. */
  readonly meaning: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods: number;
  readonly breaches: number;
  /** Whether less than the threshold is wrong, and no value at all, too; else more is, and no value is well. */
  readonly isLeast?: true;
}

type Rule = Pick<AlarmDefinition, 'threshold' | 'periods' | 'breaches' | 'isLeast'>;

/** What nobody should see even once. */
export const AT_ONCE = { periods: 1, breaches: 1 };
/** The same for what `FILL` may have taken for zero at first, because it came late. */
export const ONCE_OF_THREE = { periods: 3, breaches: 1 };
/** What passes by itself, as most troubles of a minute do, wakes nobody. */
export const LASTING = { periods: 3, breaches: 2 };
/** Of runs by the clock, in periods of an hour: what is called once an hour has not run for three. */
export const NOT_RUN = { threshold: 1, periods: 3, breaches: 3, isLeast: true } as const;

export function alarm(key: string, meaning: string, metric: IMetric, rule: Rule): AlarmDefinition {
  return { key, meaning, metric, ...rule };
}
