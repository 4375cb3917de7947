import { fileURLToPath } from 'node:url';
import type { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { addChecks } from '#lib/checks.ts';
import { readSettings, SettingsError } from '#lib/config/read-settings.ts';
import { createStacks } from '#lib/create-stacks.ts';
import { RIGHTS } from '#lib/rights.ts';

const BUNDLES = fileURLToPath(new URL('../dist/functions', import.meta.url));

/**
 * Fills the app: settings from its context, functions bundled as they will run, account and region as the CDK's command
 * found them.
 *
 * @returns where the LRS goes, for people to read: a region that somebody forgot to set is where learners' data would be.
 * @param environment `CDK_DEFAULT_ACCOUNT` and `CDK_DEFAULT_REGION`, which `cdk` sets when it knows them.
 * @throws SettingsError
 */
export async function buildApp(app: App, environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const settings = readSettings(app.node.getAllContext());
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = environment;
  if (region === undefined) throw new SettingsError('The region is not known: run this by the command cdk.');
  const { certificateArn, edge } = settings;
  if (!edge && certificateArn !== undefined && !certificateArn.includes(`:acm:${region}:`)) {
    throw new SettingsError(`The certificate of certificateArn has to be in ${region}, where the API is.`);
  }
  const bundles = await bundleFunctions(BUNDLES, Object.keys(RIGHTS));
  createStacks(app, settings, { account, region }, (name) => Code.fromAsset(bundles[name] ?? BUNDLES));
  addChecks(app);
  return `${settings.name}-${settings.stage} in ${region}${account === undefined ? '' : ` of the account ${account}`}`;
}
