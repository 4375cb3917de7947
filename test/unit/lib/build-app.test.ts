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

  it('wants the certificate of a domain in the region of the API', async () => {
    const built = buildApp(new App({ outdir: templateFolder(), context: DOMAIN }), {
      CDK_DEFAULT_REGION: 'eu-central-1',
    });
    await expect(built).rejects.toThrow(
      'The certificate of certificateArn has to be in eu-central-1, where the API is.',
    );
  });
});
