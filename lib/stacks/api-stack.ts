import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { acknowledgePrefixes } from '#lib/constructs/acknowledge-prefixes.ts';
import { RegisterFirstCredential } from '#lib/constructs/first-credential.ts';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import { Keeper } from '#lib/constructs/keeper.ts';
import type { LrsDomainProps } from '#lib/constructs/lrs-domain.ts';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';
import { LrsHttpApi } from '#lib/constructs/lrs-http-api.ts';
import { functionVariables } from '#lib/environment.ts';
import { type FunctionName, RIGHTS } from '#lib/rights.ts';
import { ACCESS_ROUTES, ROUTED_FUNCTIONS, type RoutedFunctionName } from '#lib/routes.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { functionSettings, resourceNames, rightsResources } from '#lib/stacks/deployed-resources.ts';

const ACCESS_FUNCTIONS: ReadonlySet<string> = new Set(ACCESS_ROUTES.map((route) => route.function));

/** API Gateway waits 30 s; what takes as long as this answers 503 itself. */
const TIMEOUT = Duration.seconds(29);

export interface ApiStackProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly codeOf: (name: FunctionName) => Code;
}

/** What answers requests. It keeps nothing, but it has the URL that content knows, unless a domain has. */
export class ApiStack extends Stack {
  readonly functions: Readonly<Record<RoutedFunctionName, LrsFunction>>;
  /** Called by the clock. */
  readonly keeper: LrsFunction;
  readonly httpApi: LrsHttpApi;
  /** The output that holds the host name of the API, which the edge stack reads from whatever region it is in. */
  readonly hostOutput = 'ApiHost';

  constructor(scope: Construct, id: string, { settings, data, codeOf, ...props }: ApiStackProps) {
    super(scope, id, { ...props, terminationProtection: settings.stage === 'prod' });
    const { name: lrs, stage, basePath } = settings;
    this.httpApi = new LrsHttpApi(this, 'HttpApi', {
      apiName: `${lrs}-${stage}`,
      basePath,
      throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
      logRetention: settings.logRetentionDays,
      removable: stage === 'dev',
      domain: settings.edge ? undefined : domainOf(settings),
    });
    const names = {
      ...resourceNames(settings, data),
      homePage: homePageOf(settings, this.httpApi),
      publicUrl: publicUrlOf(settings, this.httpApi),
    };
    const resources = rightsResources(this, settings, data);
    const propsOf = (name: FunctionName): Omit<LrsFunctionProps, 'timeout' | 'description'> => ({
      ...functionSettings(settings),
      code: codeOf(name),
      environment: functionVariables(name, settings, names),
      statements: policyStatements(RIGHTS[name], resources),
    });
    this.functions = recordOf(ROUTED_FUNCTIONS, (name) => {
      const description = `${ACCESS_FUNCTIONS.has(name) ? 'Access' : 'xAPI'} ${name} of ${lrs}-${stage}`;
      const lrsFunction = new LrsFunction(this, name, { ...propsOf(name), description, timeout: TIMEOUT });
      acknowledgePrefixes(lrsFunction, RIGHTS[name], data.buckets);
      return lrsFunction;
    });
    this.httpApi.addRoutes(recordOf(ROUTED_FUNCTIONS, (name) => this.functions[name].function));
    this.keeper = new Keeper(this, 'Keeper', {
      ...propsOf('keeper'),
      description: `Puts what was counted into the audit of ${lrs}-${stage}`,
    }).lrsFunction;

    const registration = new RegisterFirstCredential(this, 'FirstCredential', {
      ...functionSettings(settings),
      firstSecret: data.firstSecret,
      resources,
      code: codeOf('bootstrap-credential'),
      environment: functionVariables('bootstrap-credential', settings, names),
    });
    this.#tell(settings, registration.registerCommand);
  }

  #tell({ edge }: Settings, registerCommand: string): void {
    new CfnOutput(this, 'RegisterFirstCredential', {
      value: registerCommand,
      description: 'Registers the first credential again, after its secret was given another value',
    });
    if (edge) {
      new CfnOutput(this, this.hostOutput, { value: this.httpApi.host, description: 'What CloudFront asks' });
    } else {
      new CfnOutput(this, 'Endpoint', { value: this.httpApi.endpoint, description: 'What content is given' });
    }
    const { domainTarget } = this.httpApi;
    if (domainTarget !== undefined) {
      new CfnOutput(this, 'DomainTarget', {
        value: domainTarget,
        description: 'What the record of the domain leads to',
      });
    }
  }
}

/** Stands in the authority of statements, so it had better be a name that stays. */
function homePageOf({ domainName }: Settings, { endpoint }: LrsHttpApi): string {
  return domainName === undefined ? endpoint : `https://${domainName}`;
}

/** The API's own where CloudFront has no name but the one that it is given later. */
function publicUrlOf({ edge, domainName }: Settings, { origin }: LrsHttpApi): string {
  return edge && domainName !== undefined ? `https://${domainName}` : origin;
}

function domainOf(settings: Settings): LrsDomainProps | undefined {
  const { domainName, certificateArn, domainMapping, hostedZoneId, hostedZoneName } = settings;
  if (domainName === undefined || certificateArn === undefined) return undefined;
  return {
    domainName,
    certificateArn,
    mappingKey: domainMapping,
    hostedZone:
      hostedZoneId === undefined || hostedZoneName === undefined
        ? undefined
        : { hostedZoneId, zoneName: hostedZoneName },
  };
}

function recordOf<Key extends string, Value>(keys: readonly Key[], make: (key: Key) => Value): Record<Key, Value> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has a member for each of the keys
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}
