import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { readSettings } from '#lib/config/read-settings.ts';
import { createStacks, type Stacks, type Target } from '#lib/create-stacks.ts';
import { readPage } from '#test/support/markdown.ts';
import { templateFolder } from '#test/support/template-folder.ts';

export interface Synthesized {
  readonly stacks: Stacks;
  /** @throws Error when the settings make no such stack. */
  readonly template: (name: keyof Stacks) => Template;
}

const SOMEWHERE: Target = { account: undefined, region: 'eu-central-1' };

/**
 * The stacks of an LRS as they are deployed, with the feature flags of `cdk.json`, but for two things: the code of the
 * functions is a line, so that nothing has to be bundled, and nothing checks the templates, because with cdk-nag none can
 * be had from an app, and `npm run templates` checks them all.
 *
 * @param settings as with `-c`
 * @throws SettingsError
 */
export function synthesize(settings: Readonly<Record<string, unknown>> = {}, target = SOMEWHERE): Synthesized {
  const app = new App({
    outdir: templateFolder(),
    builtinCloudFormationValidation: false,
    context: { ...deployedContext(), ...settings },
  });
  const code = Code.fromInline('export const handler = () => undefined;');
  const stacks = createStacks(app, readSettings(app.node.getAllContext()), target, () => code);
  const template = (name: keyof Stacks): Template => {
    const stack: Stack | undefined = stacks[name];
    if (stack === undefined) throw new Error(`These settings make no stack ${name}.`);
    return Template.fromStack(stack);
  };
  return { stacks, template };
}

function deployedContext(): Readonly<Record<string, unknown>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the CDK's own file
  return (JSON.parse(readPage('cdk.json')) as { context: Record<string, unknown> }).context;
}
