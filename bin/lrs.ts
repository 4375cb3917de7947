import { App } from 'aws-cdk-lib';
import { buildApp } from '#lib/build-app.ts';
import { SettingsError } from '#lib/config/read-settings.ts';

try {
  const app = new App();
  await buildApp(app, process.env);
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
