import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

/** A Lambda function behind an HTTP API, payload format 2.0. */
export type GatewayHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** By the name of the function in the route table. */
export type GatewayHandlers = Readonly<Record<string, GatewayHandler>>;
