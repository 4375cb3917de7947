import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { buildApp } from '#lib/build-app.ts';
import { templateFolder } from '#test/support/template-folder.ts';
import { SettingsError } from '#lib/config/read-settings.ts';

const DOMAIN = {
  domainName: 'lrs.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0b1c-2d',
};

describe('buildApp', () => {
  it('wants to know the region', async () => {
    await expect(buildApp(new App({ outdir: templateFolder() }), {})).rejects.toThrow(SettingsError);
  });

  it.each([
    [{ region: 'eu-central-1' }, 'The setting region is eu-central-1, but the AWS CLI is set to us-east-1.'],
    [{ account: '444455556666' }, 'The setting account is 444455556666, but the AWS CLI is signed in to 111122223333.'],
  ])('goes nowhere else than the settings say: %j', async (context, problem) => {
    const app = new App({ outdir: templateFolder(), context });
    const built = buildApp(app, { CDK_DEFAULT_REGION: 'us-east-1', CDK_DEFAULT_ACCOUNT: '111122223333' });
    await expect(built).rejects.toThrow(problem);
  });

  it('wants the certificate of a domain in the region of the API', async () => {
    const built = buildApp(new App({ outdir: templateFolder(), context: DOMAIN }), {
      CDK_DEFAULT_REGION: 'eu-central-1',
    });
    await expect(built).rejects.toThrow(
      'The certificate of certificateArn has to be in eu-central-1, where the API is.',
    );
  });
});
