import { readFileSync } from 'node:fs';
import { CompositePrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, type IVersion, Runtime, Version } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const SOURCE = new URL('../edge/restore-headers.js', import.meta.url);

/**
 * The function that gives renamed headers their names back. On Lambda@Edge, because CloudFront's own functions are not
 * called for answers of status 400 and above, which is where the header in question is. It has no right at all, not even
 * to write a log, which would be one in every region that learners come from.
 *
 * @param scope of a stack in us-east-1
 */
export function createRestoreHeaders(scope: Construct, id: string): IVersion {
  const edgeFunction = new LambdaFunction(scope, id, {
    description: 'Gives headers that API Gateway renames their names back',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(readFileSync(SOURCE, 'utf8')),
    role: new Role(scope, `${id}Role`, {
      assumedBy: new CompositePrincipal(
        new ServicePrincipal('lambda.amazonaws.com'),
        new ServicePrincipal('edgelambda.amazonaws.com'),
      ),
    }),
  });
  return Version.fromVersionArn(scope, `${id}Version`, edgeFunction.currentVersion.functionArn);
}
