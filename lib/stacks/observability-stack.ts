import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { Alarms } from '#lib/constructs/observability/alarms.ts';
import { createDashboard } from '#lib/constructs/observability/dashboard.ts';
import { saveQueries } from '#lib/constructs/observability/saved-queries.ts';
import type { Watched } from '#lib/constructs/observability/watched.ts';
import { metricsNamespace } from '#lib/environment.ts';
import type { ApiStack } from '#lib/stacks/api-stack.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import type { LakeStack } from '#lib/stacks/lake-stack.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly lake: LakeStack;
}

/**
 * What operators look at, and what calls them. A stage that is thrown away has alarms only if somebody wants to be told:
 * each is charged by the month, and nobody is to be woken for an experiment.
 */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { settings, data, api, lake, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const { stage, alarmEmail } = settings;
    const watched = watch(settings, { data, api, lake });
    const alarms =
      stage === 'prod' || alarmEmail !== undefined
        ? new Alarms(this, 'Alarms', { watched, email: alarmEmail })
        : undefined;
    if (alarms !== undefined) {
      new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn, description: 'What is told of every alarm' });
    }
    createDashboard(this, 'Dashboard', watched, alarms?.all ?? []);
    saveQueries(this, {
      name: watched.name,
      functions: [...Object.values(watched.functions), ...Object.values(watched.lakeFunctions)].map(
        ({ logGroup }) => logGroup,
      ),
      gateway: api.httpApi.accessLog,
    });
  }
}

function watch(
  settings: Settings,
  { data, api, lake }: Pick<ObservabilityStackProps, 'data' | 'api' | 'lake'>,
): Watched {
  return {
    name: `${settings.name}-${settings.stage}`,
    namespace: metricsNamespace(settings),
    stage: api.httpApi.stage,
    functions: { ...api.functions, keeper: api.keeper },
    lakeFunctions: lake.functions,
    lakeFailures: lake.failures,
    tables: data.tables,
    throttleRate: settings.throttleRate,
  };
}
