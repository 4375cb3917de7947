import { randomUUID } from 'node:crypto';
import type { SecretFile } from '#local/secrets-manager/secret-file.ts';
import { SecretsManagerError } from '#local/secrets-manager/secrets-manager-error.ts';

/** Of a request, JSON. */
export type Input = Readonly<Record<string, unknown>>;

export interface Secrets {
  readonly file: SecretFile;
  /** The secrets that there are, whether or not they have a value yet. */
  readonly names: ReadonlySet<string>;
}

type Operation = (input: Input, secrets: Secrets) => Promise<Input>;

/** By their names in `X-Amz-Target`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'secretsmanager.GetSecretValue': getSecretValue,
  'secretsmanager.PutSecretValue': putSecretValue,
};

/** Of all the versions of a secret there is but the current one. */
const CURRENT = 'AWSCURRENT';

async function getSecretValue(input: Input, secrets: Secrets): Promise<Input> {
  const name = nameIn(input, secrets);
  const { VersionId: version, VersionStage: stage = CURRENT } = input;
  const found = stage === CURRENT ? await secrets.file.read(name) : undefined;
  if (found === undefined || (version !== undefined && version !== found.version)) {
    throw new SecretsManagerError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for the version.",
    );
  }
  return {
    ...identity(name),
    SecretString: found.value,
    VersionId: found.version,
    VersionStages: [CURRENT],
    CreatedDate: found.created / 1_000,
  };
}

async function putSecretValue(input: Input, secrets: Secrets): Promise<Input> {
  const name = nameIn(input, secrets);
  const { SecretString: value, ClientRequestToken: version = randomUUID(), SecretBinary: binary } = input;
  if (typeof value !== 'string' || typeof version !== 'string' || binary !== undefined) {
    throw new SecretsManagerError('InvalidParameterException', 'This server keeps secrets that are texts.');
  }
  await secrets.file.write(name, { value, version, created: Date.now() });
  return { ...identity(name), VersionId: version, VersionStages: [CURRENT] };
}

function nameIn({ SecretId: id }: Input, { names }: Secrets): string {
  if (typeof id === 'string' && names.has(id)) return id;
  throw new SecretsManagerError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function identity(name: string): Input {
  return { ARN: `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}`, Name: name };
}
