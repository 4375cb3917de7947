import { describe, expect, it } from 'vitest';
import { createLogger } from '#runtime/logger.ts';

describe('the log', () => {
  it('has one JSON object per line', () => {
    const lines: string[] = [];
    const logger = createLogger(
      'debug',
      (line) => lines.push(line),
      () => 0,
    );
    logger.info('request', { requestId: 'r', status: 200, version: undefined });
    expect(lines).toEqual([
      '{"level":"info","time":"1970-01-01T00:00:00.000Z","message":"request","requestId":"r","status":200}',
    ]);
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const logger = createLogger(
      'warn',
      (line) => lines.push(line),
      () => 0,
    );
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).toHaveLength(2);
  });
});
