import { describe, expect, it } from 'vitest';
import { STAGE_DEFAULTS, settingReaders } from '#lib/config/settings.ts';
import { ASSUMPTIONS } from '#tools/cost/assumptions.ts';
import { InputError } from '#tools/cost/input-error.ts';
import { readOptions, USAGE } from '#tools/cost/options.ts';
import { DEFAULT_WORKLOAD } from '#tools/cost/workload.ts';

describe('the options of npm run cost', () => {
  it('are those of a production deployment with a million statements', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({ workload: DEFAULT_WORKLOAD, region: 'us-east-1', freeTier: false, json: false });
    expect(options.assumptions.dynamoDbMs).toBe(ASSUMPTIONS.dynamoDbMs.value);
    expect(DEFAULT_WORKLOAD.memory).toBe(settingReaders('prod').memory(undefined));
    expect(DEFAULT_WORKLOAD.shards).toBe(settingReaders('prod').indexShards(undefined));
    expect(DEFAULT_WORKLOAD.logRetentionDays).toBe(STAGE_DEFAULTS.prod.logRetentionDays);
  });

  it('give every member of a workload', () => {
    const parameters =
      '--statements 2e6 --batch 50 --reads 10k --pages 5 --documents 6 --attachments 7 --attachment-kb 8 ' +
      '--attachment-reads 9 --months 12 --memory 512 --shards 4 --log-retention-days 7 --customer-managed-key --edge ' +
      '--tracing --free-tier --json --region eu-west-1 --assume coldShare=0.5 --assume alarms=3';
    const { workload, assumptions, ...rest } = readOptions(parameters.split(' '));
    expect(workload).toEqual({
      statements: 2_000_000,
      batch: 50,
      reads: 10_000,
      pages: 5,
      documents: 6,
      attachments: 7,
      attachmentKb: 8,
      attachmentReads: 9,
      months: 12,
      memory: 512,
      shards: 4,
      logRetentionDays: 7,
      customerManagedKey: true,
      edge: true,
      tracing: true,
    });
    expect(assumptions).toMatchObject({ coldShare: 0.5, alarms: 3, s3Ms: ASSUMPTIONS.s3Ms.value });
    expect(rest).toMatchObject({ freeTier: true, json: true, region: 'eu-west-1' });
  });

  it.each([
    [['--statements', 'many'], '--statements is "many"'],
    [['--statements', '1.5'], '--statements is "1.5"'],
    [['--batch', '7'], '--batch is "7"; measured are 1, 10, 50, 100, 350.'],
    [['--months', '0'], 'from 1 to 1200'],
    [['--attachment-kb', '5000'], 'from 1 to 4500'],
    [['--memory', '64'], 'from 128 to 10240'],
    [['--attachments', '11', '--statements', '100', '--batch', '10'], 'more --attachments than requests'],
    [['--assume', 'coldShare'], '--assume is "coldShare"; it has to be NAME=VALUE'],
    [['--assume', 'nothing=1'], 'one of dynamoDbMs'],
    [['--assume', `alarms=${'9'.repeat(350)}`], '--assume gives alarms a value above 1000B.'],
    [['--assume', 'alarms=1000000000001'], '--assume gives alarms a value above 1000B.'],
    [['--assume', 'alarms=1', '--assume', 'alarms=2'], '--assume alarms is given more than once.'],
    [['--statements', '1', '--statements', '1'], '--statements is given more than once.'],
    [['--region=us-east-1', '--json', '--region', 'eu-west-1'], '--region is given more than once.'],
    [['--statement', '1'], "Unknown option '--statement'"],
    [['extra'], 'extra'],
  ])('are not %j', (parameters, message) => {
    expect(() => readOptions(parameters)).toThrow(InputError);
    expect(() => readOptions(parameters)).toThrow(message);
  });

  it('are all in the help, with examples that work', () => {
    for (const option of new Set(USAGE.match(/--[a-z][a-z-]*/gu))) {
      expect(problemOf(() => readOptions([option]))).not.toContain('Unknown option');
    }
    for (const [, example = ''] of USAGE.matchAll(/npm run cost -- (--.*)/gu)) {
      expect(readOptions(example.split(' ')).workload.statements).toBeGreaterThan(0);
    }
  });
});

function problemOf(read: () => unknown): string {
  try {
    read();
    return '';
  } catch (error) {
    return String(error);
  }
}
