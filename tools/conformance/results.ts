import { FEWEST_TESTS } from './options.ts';
import type { SuiteVersion } from './options.ts';

/** A suite or a test in the log of the official suite. */
export interface LogEntry {
  readonly title: string;
  readonly status: string;
  readonly error?: string;
  readonly tests: readonly LogEntry[];
}

/** The part of a run's log that is looked at. */
export interface RunLog {
  readonly summary: { readonly total: number | null; readonly passed: number | null; readonly failed: number | null };
  readonly log?: LogEntry;
}

export interface FailedTest {
  /** From the outermost suite to the test. */
  readonly title: readonly string[];
  readonly error: string;
}

export interface VersionResult {
  readonly version: SuiteVersion;
  readonly total: number;
  readonly passed: number;
  readonly failed: readonly FailedTest[];
  /** Every test passed, and none is missing. */
  readonly conforms: boolean;
}

/** @param isWhole whether all tests were to run. */
export function resultOf(version: SuiteVersion, { summary, log }: RunLog, isWhole: boolean): VersionResult {
  const total = summary.total ?? 0;
  const passed = summary.passed ?? 0;
  const failed = log === undefined ? [] : failedTests(log, []);
  const fewest = isWhole ? FEWEST_TESTS[version] : 1;
  return { version, total, passed, failed, conforms: passed === total && total >= fewest };
}

function failedTests(entry: LogEntry, above: readonly string[]): FailedTest[] {
  const title = [...above, entry.title];
  if (entry.tests.length > 0) return entry.tests.flatMap((test) => failedTests(test, title));
  return entry.status === 'failed' ? [{ title, error: entry.error ?? '' }] : [];
}

export function report({ version, total, passed, failed, conforms }: VersionResult, isWhole: boolean): string {
  const lines = failed.map(({ title, error }) => `✗ ${title.join(' › ')}\n    ${error.split('\n')[0]}`);
  const fewest = FEWEST_TESTS[version];
  if (isWhole && total < fewest) lines.push(`Only ${total} tests ran, of at least ${fewest}.`);
  lines.push(`xAPI ${version}: ${passed} of ${total} passed${conforms ? '' : ', which is not all'}`);
  return lines.join('\n');
}
