import { LOG_LEVELS, type LogLevel } from '#runtime/environment.ts';
import { metricMetadata, type MetricValues } from '#runtime/metrics.ts';

/** Values for a line of the log. Never secrets, nor anything that tells who a learner is. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger extends Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> {
  /**
   * A line of level info with metrics; when they go to CloudWatch, it is written whatever the lowest level is.
   *
   * @param fields hold the dimensions of the metrics
   */
  readonly measure: (message: string, fields: LogFields, values: MetricValues) => void;
}

/**
 * Writes one JSON object per line: `level`, `timestamp`, `message`, the fields and the metrics.
 *
 * @param write takes one line without its end
 * @param now milliseconds since 1970
 * @param namespace of the metrics in CloudWatch, which reads them from the lines; without it they are plain members
 */
export function createLogger(
  lowest: LogLevel,
  write: (line: string) => void,
  now: () => number,
  namespace?: string,
): Logger {
  const writes = (level: LogLevel): boolean => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest);
  const put = (level: LogLevel, message: string, fields: LogFields = {}, values?: MetricValues): void => {
    const time = now();
    const metadata = namespace !== undefined && values && { _aws: metricMetadata(namespace, time, values) };
    // Lambda takes a line without a `timestamp` for one of level INFO.
    write(
      JSON.stringify({ level, timestamp: new Date(time).toISOString(), message, ...fields, ...values, ...metadata }),
    );
  };
  const line = (level: LogLevel, values?: MetricValues): Logger[LogLevel] =>
    writes(level) ? (message, fields) => put(level, message, fields, values) : () => undefined;
  const measures = namespace !== undefined || writes('info');
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error', { ErrorsLogged: 1 }),
    measure: measures ? (message, fields, values) => put('info', message, fields, values) : () => undefined,
  };
}

/** What Lambda and the laptop's server keep as the log of the process. */
export function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
