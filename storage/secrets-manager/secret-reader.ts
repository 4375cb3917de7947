import {
  GetSecretValueCommand,
  type SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';

/**
 * @param arn of the secret
 * @returns what reads its present value, a text. It throws an Error whose message names the secret; it has no cause,
 * because an answer that could not be understood would be quoted there.
 */
export function secretReader(client: SecretsManagerClient, arn: string): () => Promise<string> {
  return async () => {
    const { SecretString: value } = await client
      .send(new GetSecretValueCommand({ SecretId: arn }))
      .catch((error: unknown) => {
        throw new Error(`The secret ${arn} cannot be read: ${reasonOf(error)}.`);
      });
    if (value === undefined) throw new Error(`The secret ${arn} cannot be read: its value is not a text.`);
    return value;
  };
}

/** Only a service's own message is known to hold nothing of the value. */
function reasonOf(error: unknown): string {
  if (error instanceof SecretsManagerServiceException) return `${error.name}, ${error.message}`;
  return error instanceof Error ? error.name : 'unknown';
}
