import type { DataFolder } from '#local/data-folder.ts';
import { startDynamoDb } from '#local/dynamodb-engine.ts';
import { type Endpoints, LOCAL_BUCKETS, SIGNING_KEYS } from '#local/function-variables.ts';
import { writeLakeScript } from '#local/lake-script.ts';
import type { LocalFunction } from '#local/lambda/local-function.ts';
import { startLambda } from '#local/lambda/server.ts';
import { startS3 } from '#local/s3/server.ts';
import { startSecretsManager } from '#local/secrets-manager/server.ts';
import type { Settings } from '#local/settings.ts';

export interface Services {
  readonly endpoints: Omit<Endpoints, 'lrs'>;
  /** Resolves when the embedded engine has ended, with a sentence that says how; never when there is none. */
  readonly engineEnded: Promise<string>;
}

/**
 * Starts a Secrets Manager, a Lambda, and the DynamoDB and the S3 that are not elsewhere, and has `stack` stop them.
 *
 * @param functions of the Lambda, by their names
 */
export async function startServices(
  settings: Settings,
  folder: DataFolder,
  functions: Readonly<Record<string, LocalFunction>>,
  stack: AsyncDisposableStack,
): Promise<Services> {
  const engine =
    settings.dynamoDbEndpoint === undefined ? await startDynamoDb({ file: folder.dynamoDbFile }) : undefined;
  stack.defer(() => engine?.stop());
  const s3 = settings.s3Endpoint === undefined ? await startS3({ directory: folder.s3Folder }) : undefined;
  stack.defer(() => s3?.stop());
  if (s3 !== undefined) await writeLakeScript(folder, LOCAL_BUCKETS.exports);
  const secretsManager = await startSecretsManager({ file: folder.secretsFile, names: [SIGNING_KEYS] });
  stack.defer(() => secretsManager.stop());
  const lambda = await startLambda({ functions });
  stack.defer(() => lambda.stop());
  return {
    endpoints: {
      dynamoDb: engine?.endpoint ?? settings.dynamoDbEndpoint ?? '',
      s3: s3?.endpoint ?? settings.s3Endpoint ?? '',
      secretsManager: secretsManager.endpoint,
      lambda: lambda.endpoint,
    },
    engineEnded: engine?.ended ?? new Promise(() => {}),
  };
}
