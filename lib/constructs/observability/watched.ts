import type { IHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { LrsFunction } from '#lib/constructs/lrs-function.ts';
import type { LakeFunctionName, TableKey } from '#lib/rights.ts';
import type { RoutedFunctionName } from '#lib/routes.ts';

export type WatchedFunctions = Readonly<Record<string, LrsFunction>>;

/** What dashboard and alarms look at: one LRS. */
export interface Watched {
  /** `<name>-<stage>`, which no other LRS of the account has in its region. Names of alarms and queries begin with it. */
  readonly name: string;
  /** Of the metrics that the functions write. */
  readonly namespace: string;
  readonly stage: IHttpStage;
  readonly functions: Readonly<Record<RoutedFunctionName | 'keeper', LrsFunction>>;
  /** That no request reaches. */
  readonly lakeFunctions: Readonly<Record<LakeFunctionName, LrsFunction>>;
  /** The queue for what could not be brought into the lake. */
  readonly lakeFailures: { readonly queueName: string };
  readonly tables: Readonly<Record<TableKey, { readonly tableName: string }>>;
  /** Requests a second that the API lets through. */
  readonly throttleRate: number;
}
