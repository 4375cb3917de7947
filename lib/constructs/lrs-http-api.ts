import { Aws, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LrsDomain, type LrsDomainProps } from '#lib/constructs/lrs-domain.ts';
import { ACCESS_ROUTES, type RoutedFunctionName, routesWith } from '#lib/routes.ts';

export interface LrsHttpApiProps {
  readonly apiName: string;
  /** Of all resources, for example `/xapi`. */
  readonly basePath: string;
  /** Requests a second, and how many more at once. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  readonly logRetention: RetentionDays;
  readonly removable: boolean;
  /** The name that clients use instead of the one that API Gateway gives. */
  readonly domain: LrsDomainProps | undefined;
}

/** One line for each request, with the id that the functions log, and nothing that tells who sent it. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  protocol: '$context.protocol',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  gatewayError: '$context.error.message',
  responseBytes: '$context.responseLength',
};

/** What a route of access may take of the requests that the API lets through: the rest is for learners' records. */
const ACCESS_SHARE = 0.1;

/**
 * The HTTP API: the route table on the `$default` stage. It has no CORS configuration, because then it would answer
 * preflights itself and drop the functions' CORS headers, and no authorizer, because its refusals would lack the body
 * and the version header that clients are to get (xAPI 1.0.3, Communication 3.3).
 */
export class LrsHttpApi extends Construct {
  readonly api: HttpApi;
  /** The name that API Gateway gives. */
  readonly host: string;
  /** What is in front of all paths, without a slash at its end. */
  readonly origin: string;
  /** What content is given, without a slash at its end. */
  readonly endpoint: string;
  /** What the record of the domain leads to, if there is a domain. */
  readonly domainTarget: string | undefined;
  readonly stage: HttpStage;
  readonly accessLog: LogGroup;
  readonly #basePath: string;
  readonly #throttle: LrsHttpApiProps['throttle'];

  constructor(scope: Construct, id: string, props: LrsHttpApiProps) {
    super(scope, id);
    const { apiName, basePath, throttle, domain } = props;
    this.#basePath = basePath;
    this.#throttle = throttle;
    const ownDomain = domain && new LrsDomain(this, 'Domain', domain);
    this.api = new HttpApi(this, 'Api', {
      apiName,
      createDefaultStage: false,
      disableExecuteApiEndpoint: ownDomain !== undefined,
    });
    this.host = `${this.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.accessLog = this.#accessLog(props);
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
      ...(ownDomain && { domainMapping: ownDomain.mapping }),
    });
    this.domainTarget = ownDomain?.target;
    this.origin = ownDomain?.origin ?? this.api.apiEndpoint;
    this.endpoint = `${this.origin}${basePath}`;
  }

  /** Leads every path of the route table to its function. They may know the API's name, so they are made after it. */
  addRoutes(functions: Readonly<Record<RoutedFunctionName, IFunction>>): void {
    for (const route of routesWith(this.#basePath)) this.#addRoute(route.path, functions[route.function]);
    const stage = this.stage.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('The stage of the API has no resource.');
    const { rateLimit, burstLimit } = this.#throttle;
    const settings = {
      ThrottlingRateLimit: Math.ceil(rateLimit * ACCESS_SHARE),
      ThrottlingBurstLimit: Math.ceil(burstLimit * ACCESS_SHARE),
    };
    stage.routeSettings = Object.fromEntries(ACCESS_ROUTES.map(({ path }) => [`ANY ${path}`, settings]));
  }

  /**
   * Below `/aws/vendedlogs/`, where API Gateway needs no entry for it in the account's policy for logs, of which there can
   * be few. The id of the stack keeps it from the one that a stack of the same name has left behind.
   */
  #accessLog({ apiName, logRetention, removable }: LrsHttpApiProps): LogGroup {
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    return new LogGroup(this, 'AccessLog', {
      logGroupName: Fn.join('/', ['/aws/vendedlogs', apiName, Fn.select(0, Fn.split('-', stackUuid))]),
      retention: logRetention,
      removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }

  #addRoute(path: string, handler: IFunction): void {
    const id = path.replaceAll('/', '-').slice(1);
    const route = new HttpRoute(this, `Route-${id}`, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, HttpMethod.ANY),
      integration: new HttpLambdaIntegration(`Integration-${id}`, handler),
    });
    // Its settings name routes, which have to be there first.
    this.stage.node.addDependency(route);
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The function authorises: what an authorizer refuses has neither the body nor the headers xAPI asks for.',
    });
  }
}
