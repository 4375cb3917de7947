import { describe, expect, it } from 'vitest';
import { readOptions } from '#tools/conformance/options.ts';
import { report, resultOf } from '#tools/conformance/results.ts';
import type { LogEntry } from '#tools/conformance/results.ts';

const PASSED: LogEntry = { title: 'a test', status: 'passed', tests: [] };
const FAILED: LogEntry = { title: 'another', status: 'failed', error: 'expected 200\nat line 1', tests: [] };

function suite(...tests: readonly LogEntry[]): LogEntry {
  return { title: 'console', status: 'failed', tests: [{ title: 'a suite', status: 'failed', tests }] };
}

describe('the result of the conformance suite', () => {
  it('is conformance only when every test passed and none is missing', () => {
    const whole = { summary: { total: 1_442, passed: 1_442, failed: 0 }, log: suite(PASSED) };
    expect(resultOf('2.0.0', whole, true).conforms).toBe(true);
    const one = { summary: { total: 1_442, passed: 1_441, failed: 1 }, log: suite(FAILED) };
    expect(resultOf('2.0.0', one, true).conforms).toBe(false);
    const short = { summary: { total: 1_441, passed: 1_441, failed: 0 }, log: suite(PASSED) };
    expect(resultOf('2.0.0', short, true).conforms).toBe(false);
    expect(resultOf('2.0.0', short, false).conforms).toBe(true);
    const nothing = { summary: { total: null, passed: null, failed: null } };
    expect(resultOf('2.0.0', nothing, false).conforms).toBe(false);
  });

  it('names the tests that failed', () => {
    const result = resultOf(
      '1.0.3',
      { summary: { total: 2, passed: 1, failed: 1 }, log: suite(PASSED, FAILED) },
      false,
    );
    expect(report(result, false)).toBe(
      '✗ console › a suite › another\n    expected 200\nxAPI 1.0.3: 1 of 2 passed, which is not all',
    );
  });

  it('says when tests are missing', () => {
    const result = resultOf('1.0.3', { summary: { total: 2, passed: 2, failed: 0 }, log: suite(PASSED) }, true);
    expect(report(result, true)).toContain('Only 2 tests ran, of at least 1365.');
  });
});

describe('the options of npm run conformance', () => {
  it('are both versions and all tests, unless they say otherwise', () => {
    expect(readOptions([])).toEqual({ versions: ['1.0.3', '2.0.0'], grep: undefined, json: false });
    expect(readOptions(['--only', '2.0.0', '--grep', 'x', '--json'])).toEqual({
      versions: ['2.0.0'],
      grep: 'x',
      json: true,
    });
  });

  it('are none when help is asked for', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([['--only', '1.0.2'], ['--all'], ['extra']])('are not %s', (...parameters) => {
    expect(() => readOptions(parameters)).toThrow(Error);
  });
});
