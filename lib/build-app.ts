import { fileURLToPath } from 'node:url';
import type { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { addChecks } from '#lib/checks.ts';
import { readSettings, SettingsError } from '#lib/config/read-settings.ts';
import type { Settings } from '#lib/config/settings.ts';
import { createStacks, type Target } from '#lib/create-stacks.ts';
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
  const target = targetOf(settings, environment);
  const bundles = await bundleFunctions(BUNDLES, Object.keys(RIGHTS));
  createStacks(app, settings, target, (name) => {
    const directory = bundles[name];
    if (directory === undefined) throw new Error(`The function ${name} was not bundled.`);
    return Code.fromAsset(directory);
  });
  addChecks(app);
  const { account, region } = target;
  return `${settings.name}-${settings.stage} in ${region}${account === undefined ? '' : ` of the account ${account}`}`;
}

/** @throws SettingsError when the command line leads elsewhere than the settings allow. */
function targetOf(settings: Settings, environment: Readonly<Record<string, string | undefined>>): Target {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = environment;
  if (region === undefined) throw new SettingsError('The region is not known: run this by the command cdk.');
  if (settings.region !== undefined && settings.region !== region) {
    throw new SettingsError(`The setting region is ${settings.region}, but the AWS CLI is set to ${region}.`);
  }
  if (settings.account !== undefined && account !== undefined && settings.account !== account) {
    throw new SettingsError(`The setting account is ${settings.account}, but the AWS CLI is signed in to ${account}.`);
  }
  const { certificateArn, edge } = settings;
  if (!edge && certificateArn !== undefined && !certificateArn.includes(`:acm:${region}:`)) {
    throw new SettingsError(`The certificate of certificateArn has to be in ${region}, where the API is.`);
  }
  return { account, region };
}
