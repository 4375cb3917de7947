import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { overloaded, throwTransient } from '#storage/aws/overload.ts';
import type { PrivateJwk, PrivateKeysStore } from '#storage/signing-keys.ts';

/** Private keys in one secret: JSON, an object with the list `keys`. Another value counts as none. */
export class SecretsManagerPrivateKeys implements PrivateKeysStore {
  readonly #client: SecretsManagerClient;
  readonly #secret: string;

  /** @param secret its name or ARN */
  constructor(client: SecretsManagerClient, secret: string) {
    this.#client = client;
    this.#secret = secret;
  }

  async read(): Promise<readonly PrivateJwk[]> {
    const command = new GetSecretValueCommand({ SecretId: this.#secret });
    const { SecretString: value } = await this.#client.send(command).catch(noValue);
    return value === undefined ? [] : keysIn(value);
  }

  async write(keys: readonly PrivateJwk[]): Promise<void> {
    const command = new PutSecretValueCommand({ SecretId: this.#secret, SecretString: JSON.stringify({ keys }) });
    await this.#client.send(command).catch(failed);
  }
}

/** A secret that was never given a value; where there is no such secret at all, the write tells. */
function noValue(error: unknown): { readonly SecretString?: string } {
  return error instanceof ResourceNotFoundException ? {} : failed(error);
}

/** What an operator has to put right, and a client may come back after: rights, the key that encrypts, too many versions. */
const PUT_RIGHT: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'DecryptionFailure',
  'EncryptionFailure',
  'InternalServiceError',
  'InvalidRequestException',
  'LimitExceededException',
]);

/** An answer that cannot be parsed is quoted by the error, its stack and what the SDK adds to it. */
function failed(error: unknown): never {
  if (error instanceof Error && PUT_RIGHT.has(error.name)) throw overloaded(error, true);
  if (error instanceof SyntaxError) throw overloaded(new Error('the answer of Secrets Manager could not be parsed'));
  throwTransient(error);
}

function keysIn(value: string): readonly PrivateJwk[] {
  try {
    const { keys }: { readonly keys?: unknown } = Object(JSON.parse(value));
    return Array.isArray(keys) ? keys.filter(isPrivateJwk) : [];
  } catch {
    // What JSON.parse throws quotes the text.
    return [];
  }
}

function isPrivateJwk(value: unknown): value is PrivateJwk {
  const members: Readonly<Record<string, unknown>> = Object(value);
  return ['kid', 'x', 'y', 'd'].every((name) => typeof members[name] === 'string');
}
