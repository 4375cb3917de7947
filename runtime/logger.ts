import { LOG_LEVELS, type LogLevel } from '#runtime/environment.ts';

/** Values for a line of the log. Never secrets, nor anything that tells who a learner is. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

/**
 * Writes one JSON object per line: `level`, `time`, `message` and the fields.
 *
 * @param write takes one line without its end
 * @param now milliseconds since 1970
 */
export function createLogger(lowest: LogLevel, write: (line: string) => void, now: () => number): Logger {
  const line = (level: LogLevel) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(lowest)) return () => undefined;
    return (message: string, fields: LogFields = {}) => {
      write(JSON.stringify({ level, time: new Date(now()).toISOString(), message, ...fields }));
    };
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

/** What Lambda and the laptop's server keep as the log of the process. */
export function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}
