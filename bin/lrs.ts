import { App } from 'aws-cdk-lib';
import { buildApp } from '#lib/build-app.ts';
import { SettingsError } from '#lib/config/read-settings.ts';

try {
  const app = new App();
  const where = await buildApp(app, process.env);
  app.synth();
  process.stderr.write(`${where}\n`);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
