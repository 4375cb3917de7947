import { describe, expect, it } from 'vitest';
import type { LogLevel } from '#runtime/environment.ts';
import { createLogger, type Logger } from '#runtime/logger.ts';
import { readMetricRecords } from '#test/support/metric-records.ts';

function aLog(lowest: LogLevel, namespace?: string): { readonly logger: Logger; readonly lines: readonly string[] } {
  const lines: string[] = [];
  return {
    logger: createLogger(
      lowest,
      (line) => lines.push(line),
      () => 0,
      namespace,
    ),
    lines,
  };
}

const HEAD = '"timestamp":"1970-01-01T00:00:00.000Z","message":"request"';

describe('the log', () => {
  it('has one JSON object per line', () => {
    const { logger, lines } = aLog('debug');
    logger.info('request', { requestId: 'r', status: 200, version: undefined });
    expect(lines).toEqual([`{"level":"info",${HEAD},"requestId":"r","status":200}`]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = aLog('warn');
    logger.debug('a');
    logger.info('b');
    logger.measure('c', {}, { Latency: 1 });
    logger.warn('d');
    logger.error('e');
    expect(lines).toHaveLength(2);
  });

  it('has metrics as plain members when they do not go to CloudWatch', () => {
    const { logger, lines } = aLog('info');
    logger.measure('request', { resource: 'about' }, { Latency: 12 });
    expect(lines).toEqual([`{"level":"info",${HEAD},"resource":"about","Latency":12}`]);
  });

  it('has lines with metrics for CloudWatch whatever its level is', () => {
    const { logger, lines } = aLog('error', 'lrs');
    logger.measure('request', { resource: 'about' }, { Latency: 12 });
    expect(JSON.parse(lines.join())).toMatchObject({ level: 'info', resource: 'about', Latency: 12 });
    expect(readMetricRecords(lines.join())).toMatchObject([{ name: 'Latency', value: 12 }]);
  });

  it('counts its errors, and nothing else', () => {
    const { logger, lines } = aLog('debug', 'lrs');
    logger.error('failed', { requestId: 'r' });
    logger.warn('overloaded');
    logger.info('started');
    expect(lines.map(readMetricRecords)).toMatchObject([[{ name: 'ErrorsLogged', value: 1, dimensions: {} }], [], []]);
  });
});
