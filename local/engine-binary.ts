import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from '#local/start-error.ts';

/**
 * The embedded DynamoDB engine of this platform.
 *
 * @throws StartError when there is none for it, or when it is not installed.
 */
export function engineBinary(platform: string = process.platform, architecture: string = process.arch): string {
  const name = `@dynoxide/${platform}-${architecture}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch {
    throw new StartError(
      `The embedded DynamoDB engine ${name} is not installed: run "npm ci", or start a DynamoDB (DynamoDB Local, for ` +
        'example) and set DYNAMODB_ENDPOINT to its URL.',
    );
  }
}
