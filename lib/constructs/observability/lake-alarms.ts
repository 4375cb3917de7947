import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  alarm,
  type AlarmDefinition,
  AT_ONCE,
  LASTING,
  NOT_RUN,
} from '#lib/constructs/observability/alarm-definition.ts';
import { byFunction, failuresOf, iteratorAge, sumOf, waitingForWriter } from '#lib/constructs/observability/metrics.ts';
import type { Watched } from '#lib/constructs/observability/watched.ts';

/** Milliseconds. The window is 5 minutes at most, and what holds up for longer is behind by as much in the next. */
const TOO_OLD = Duration.minutes(15).toMilliseconds();

/** What fails is called three times in all, within an hour: fewer failures have passed by themselves. */
const GIVEN_UP = 3;
const HOUR = Duration.hours(1);

/** What the lake misses, or has too long. Jobs that are given up say so in the log, for which there is an alarm. */
export function ofLake(watched: Watched): readonly AlarmDefinition[] {
  const { lakeFunctions } = watched;
  const errors = sumOf(byFunction(lakeFunctions, 'Errors', Stats.SUM), 'errors', HOUR);
  const throttles = sumOf(byFunction(lakeFunctions, 'Throttles', Stats.SUM), 'throttles');
  const runs = lakeFunctions['lake-compactor'].function.metricInvocations({
    period: HOUR,
    label: 'runs of the compactor',
  });
  return [
    alarm('lake-lag', 'Statements get into the lake later than a quarter of an hour.', iteratorAge(watched), {
      threshold: TOO_OLD,
      periods: 3,
      breaches: 3,
    }),
    // A change waits 5 minutes at most and a call before it as long: what is late for its own quarter is in the next.
    alarm(
      'lake-stalled',
      'Statements are stored, but what writes them to the lake is not called: after 24 hours they are missing there.',
      waitingForWriter(watched),
      { threshold: 1, periods: 3, breaches: 3 },
    ),
    alarm(
      'lake-failures',
      'Statements were given up on their way into the lake, and are missing there.',
      failuresOf(watched),
      { threshold: 1, ...AT_ONCE },
    ),
    alarm('lake-errors', 'What writes or compacts the lake, or carries out jobs, keeps failing.', errors, {
      threshold: GIVEN_UP,
      ...AT_ONCE,
    }),
    // Who is refused is not asked again at once: few refusals in a period are all that there were calls.
    alarm('lake-throttles', 'Lambda keeps refusing to run what writes or compacts the lake, or jobs.', throttles, {
      threshold: 1,
      ...LASTING,
    }),
    alarm(
      'compactor-stopped',
      'The lake has not been compacted for three hours: files pile up, and what is voided may still be in it.',
      runs,
      NOT_RUN,
    ),
  ];
}
