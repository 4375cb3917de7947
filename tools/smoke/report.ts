import type { CheckResult, Outcome } from './run-checks.ts';

export interface SmokeResult {
  readonly endpoint: string;
  readonly run: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly requests: number;
  readonly checks: readonly CheckResult[];
}

const MARKS: Readonly<Record<Exclude<Outcome, 'not run'>, string>> = { passed: '✓', failed: '✗', skipped: '–' };

/** Printed as soon as a check has ended; empty for one that was not run, which the summary tells of. */
export function progressLine({ name, outcome, milliseconds, notes }: CheckResult): string {
  if (outcome === 'not run') return '';
  const head = `${MARKS[outcome]} ${name}`;
  if (outcome === 'skipped') return `${head} ${outcome}: ${notes.join('; ')}`;
  return [`${head} (${seconds(milliseconds)})`, ...notes.map((note) => `    ${note}`)].join('\n');
}

/** Printed at the end: what failed, what it means and what to do, and how many checks came out how. */
export function summary({ endpoint, checks, milliseconds, requests }: SmokeResult): string {
  const failures = checks.filter(({ outcome }) => outcome === 'failed').map(failure);
  const counts = (['passed', 'failed', 'skipped', 'not run'] as const).flatMap((outcome) => {
    const count = checks.filter((check) => check.outcome === outcome).length;
    return count > 0 || outcome === 'failed' ? [`${count} ${outcome}`] : [];
  });
  const total = `${endpoint}: ${counts.join(', ')} (${requests} ${requests === 1 ? 'request' : 'requests'}, ${seconds(milliseconds)})`;
  return [...failures, ...notRun(checks), total].join('\n\n');
}

function failure({ name, proves, findings }: CheckResult): string {
  const blocks = findings.map(({ expected, received, meaning, advice }) =>
    [`  expected  ${expected}`, `  received  ${received}`, `  means     ${meaning}`, `  do        ${advice}`].join(
      '\n',
    ),
  );
  return [`✗ ${name}: ${proves}`, ...blocks].join('\n\n');
}

/** @returns one line for each reason. */
function notRun(checks: readonly CheckResult[]): readonly string[] {
  const left = checks.filter(({ outcome }) => outcome === 'not run');
  const byReason = Map.groupBy(left, ({ notes: [reason = ''] }) => reason);
  return Array.from(
    byReason,
    ([reason, list]) => `– not run, because ${reason}: ${list.map(({ name }) => name).join(', ')}`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
