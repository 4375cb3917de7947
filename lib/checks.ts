import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Holds the templates of an app to cdk-nag's AwsSolutions rules. What CloudFormation itself would refuse is found by the
 * CDK, because `cdk.json` says so. With a finding there is no synthesis.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
