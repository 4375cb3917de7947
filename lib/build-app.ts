import { fileURLToPath } from 'node:url';
import { type App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { readSettings } from '#lib/config/read-settings.ts';
import { createStacks } from '#lib/create-stacks.ts';
import { RIGHTS } from '#lib/rights.ts';

const BUNDLES = fileURLToPath(new URL('../dist/functions', import.meta.url));

/**
 * Fills the app: settings from its context, functions bundled as they will run, account and region as the CDK's command
 * found them. Templates with findings of cdk-nag's AwsSolutions rules, or that CloudFormation would refuse, are not
 * synthesized.
 *
 * @param environment `CDK_DEFAULT_ACCOUNT` and `CDK_DEFAULT_REGION`, which `cdk` sets when it knows them.
 * @throws SettingsError
 */
export async function buildApp(app: App, environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const settings = readSettings(app.node.getAllContext());
  const bundles = await bundleFunctions(
    BUNDLES,
    Object.keys(RIGHTS).filter((n) => n !== 'bootstrap-credential'),
  );
  const target = { account: environment['CDK_DEFAULT_ACCOUNT'], region: environment['CDK_DEFAULT_REGION'] };
  createStacks(app, settings, target, (name) => Code.fromAsset(bundles[name] ?? BUNDLES));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
