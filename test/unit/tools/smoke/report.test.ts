import { describe, expect, it } from 'vitest';
import { progressLine, summary } from '#tools/smoke/report.ts';
import type { CheckResult } from '#tools/smoke/run-checks.ts';

function aResult(overrides: Partial<CheckResult> = {}): CheckResult {
  return {
    name: 'head',
    proves: 'HEAD works.',
    outcome: 'passed',
    milliseconds: 1_234,
    notes: [],
    findings: [],
    ...overrides,
  };
}

const FINDING = { expected: 'this', received: 'that', meaning: 'harm', advice: 'remedy' };

describe('the report of a smoke run', () => {
  it('has a line for each check that ended, with what was seen', () => {
    expect(progressLine(aResult())).toBe('✓ head (1.2 s)');
    expect(progressLine(aResult({ outcome: 'failed', notes: ['seen'] }))).toBe('✗ head (1.2 s)\n    seen');
    expect(progressLine(aResult({ outcome: 'skipped', notes: ['no TLS'] }))).toBe('– head skipped: no TLS');
    expect(progressLine(aResult({ outcome: 'not run', notes: ['tls failed'] }))).toBe('');
  });

  it('ends with what failed, what to do about it, and how many checks came out how', () => {
    const notRun = { outcome: 'not run', notes: ['it was interrupted'] } as const;
    const checks = [
      aResult(),
      aResult({ name: 'cors', outcome: 'failed', findings: [FINDING] }),
      aResult({ name: 'paging', ...notRun }),
      aResult({ name: 'timing', ...notRun }),
    ];
    const result = {
      endpoint: 'https://lrs.test/xapi',
      run: 'r',
      passed: false,
      milliseconds: 2_000,
      requests: 7,
      checks,
    };
    expect(summary(result)).toBe(`✗ cors: HEAD works.

  expected  this
  received  that
  means     harm
  do        remedy

– not run, because it was interrupted: paging, timing

https://lrs.test/xapi: 1 passed, 1 failed, 2 not run (7 requests, 2.0 s)`);
    expect(summary({ ...result, requests: 1 })).toMatch(/\(1 request, 2\.0 s\)$/u);
  });
});
