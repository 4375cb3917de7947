import type { CheckResult, Outcome } from './run-checks.ts';

export interface SmokeResult {
  readonly endpoint: string;
  readonly run: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly requests: number;
  readonly checks: readonly CheckResult[];
}

const MARKS: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', skipped: '–', 'not run': '–' };

/** Printed as soon as a check has ended. */
export function progressLine({ name, outcome, milliseconds, notes }: CheckResult): string {
  const head = `${MARKS[outcome]} ${name}`;
  if (outcome === 'skipped' || outcome === 'not run') return `${head} ${outcome}: ${notes.join('; ')}`;
  return [`${head} (${seconds(milliseconds)})`, ...notes.map((note) => `    ${note}`)].join('\n');
}

/** Printed at the end: what failed, what it means and what to do, and how many checks came out how. */
export function summary({ endpoint, checks, milliseconds, requests }: SmokeResult): string {
  const failures = checks.filter(({ outcome }) => outcome === 'failed').map(failure);
  const counts = (['passed', 'failed', 'skipped', 'not run'] as const).flatMap((outcome) => {
    const count = checks.filter((check) => check.outcome === outcome).length;
    return count > 0 || outcome === 'failed' ? [`${count} ${outcome}`] : [];
  });
  const total = `${endpoint}: ${counts.join(', ')} (${requests} requests, ${seconds(milliseconds)})`;
  return [...failures, total].join('\n\n');
}

function failure({ name, proves, findings }: CheckResult): string {
  const blocks = findings.map(({ expected, received, meaning, advice }) =>
    [`  expected  ${expected}`, `  received  ${received}`, `  means     ${meaning}`, `  do        ${advice}`].join(
      '\n',
    ),
  );
  return [`✗ ${name}: ${proves}`, ...blocks].join('\n\n');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
