import { beforeAll, describe, expect, it } from 'vitest';
import { type Synthesized, synthesize } from '#test/support/synthesize.ts';
import { ASSUMPTIONS, assume } from '#tools/cost/assumptions.ts';
import { COMPACTOR_GB, JOBS_GB, WRITER_GB } from '#tools/cost/lake.ts';
import { quantitiesOf } from '#tools/cost/quantities.ts';
import { DEFAULT_WORKLOAD } from '#tools/cost/workload.ts';

/** Of an alarm, its metrics: its own, or those that its expression is made of. */
function metricsOf(alarm: unknown): number {
  const text = JSON.stringify(alarm);
  return Math.max(1, text.split('"MetricStat"').length - 1);
}

describe('what the cost model counts of a deployment', () => {
  let deployed: Synthesized;

  beforeAll(() => {
    deployed = synthesize({ encryption: 'customer-managed', edge: true });
  });

  function count(type: string): number {
    const { stacks, template } = deployed;
    const names = (['data', 'lake', 'api', 'observability', 'edge'] as const).filter(
      (name) => stacks[name] !== undefined,
    );
    return names.reduce((sum, name) => sum + Object.keys(template(name).findResources(type)).length, 0);
  }

  it('is as many alarms as are charged, each by its metrics', () => {
    const alarms = Object.values(deployed.template('observability').findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0)).toBe(ASSUMPTIONS.alarms.value);
  });

  it('is every dashboard, secret, key and web ACL', () => {
    const workload = { ...DEFAULT_WORKLOAD, customerManagedKey: true, edge: true };
    const { dashboards, secrets, kmsKeys, wafAcls } = quantitiesOf(workload, assume());
    expect(count('AWS::CloudWatch::Dashboard')).toBe(dashboards);
    expect(count('AWS::SecretsManager::Secret')).toBe(secrets);
    expect(count('AWS::KMS::Key')).toBe(kmsKeys);
    expect(count('AWS::WAFv2::WebACL')).toBe(wafAcls);
  });

  it('is every clock of the lake, and the memory of what it calls', () => {
    const rules = Object.values(deployed.template('lake').findResources('AWS::Events::Rule'));
    expect(rules.map((rule) => rule['Properties'].ScheduleExpression)).toEqual(['rate(1 hour)', 'rate(1 hour)']);
    expect([ASSUMPTIONS.compactorRuns.value, ASSUMPTIONS.jobRuns.value]).toEqual([730, 730]);
    const functions = Object.values(deployed.template('lake').findResources('AWS::Lambda::Function'));
    const memories = functions.flatMap((lambda) => lambda['Properties'].MemorySize ?? []);
    expect(memories.toSorted((a, b) => a - b)).toEqual([WRITER_GB, JOBS_GB, COMPACTOR_GB].map((gb) => gb * 1_024));
  });

  it('is every rule of the web ACL', () => {
    const [acl] = Object.values(deployed.template('edge').findResources('AWS::WAFv2::WebACL'));
    expect(acl?.['Properties'].Rules).toHaveLength(ASSUMPTIONS.wafRules.value);
  });
});
