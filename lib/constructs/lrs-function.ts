import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { EnvironmentName } from '#runtime/environment-names.ts';

/** What all functions of one LRS have in common. */
export interface FunctionSettings {
  /** MB; the share of a processor goes with it. */
  readonly memory: number;
  readonly logRetention: RetentionDays;
  /** Whether the log goes with the stack. */
  readonly removable: boolean;
  readonly tracing: boolean;
}

export interface LrsFunctionProps extends FunctionSettings {
  readonly description: string;
  /** Of the bundle, whose `index.mjs` exports `handler`. */
  readonly code: Code;
  readonly environment: Readonly<Partial<Record<EnvironmentName, string>>>;
  /** All that the function may do, besides writing its log and, with `tracing`, its traces. */
  readonly statements: readonly PolicyStatement[];
  readonly timeout: Duration;
  /** CloudFormation's choice, but for functions that are called by functions. */
  readonly functionName?: string;
  /** What Lambda does about a function that calls itself again and again; else it ends that. */
  readonly recursiveLoop?: RecursiveLoop;
}

/** A function with a role and a log group of its own. */
export class LrsFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: LrsFunctionProps) {
    super(scope, id);
    const { description, code, environment, timeout, memory, logRetention, removable, tracing } = props;
    const { functionName, recursiveLoop } = props;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: logRetention,
      removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    this.function = new LambdaFunction(this, 'Function', {
      ...(functionName !== undefined && { functionName }),
      ...(recursiveLoop !== undefined && { recursiveLoop }),
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      environment: { ...environment },
      timeout,
      memorySize: memory,
      role: this.#role(props.statements, tracing),
      logGroup: this.logGroup,
      // The function filters its own lines, by LOG_LEVEL. Lambda's lines for each start and end would double the log.
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.TRACE,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
  }

  /** With tracing, the CDK adds the right to write traces, which AWS knows for all or for none. */
  #role(statements: readonly PolicyStatement[], tracing: boolean): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Rights: new PolicyDocument({ statements: [this.#writeLog(), ...statements] }) },
    });
    if (tracing) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources that the right to write traces could be limited to.',
      });
    }
    return role;
  }

  #writeLog(): PolicyStatement {
    return new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }
}
