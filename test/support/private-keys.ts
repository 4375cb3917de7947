import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startSecretsManager } from '#local/secrets-manager/server.ts';
import { SecretsManagerPrivateKeys } from '#storage/secrets-manager/private-keys.ts';
import type { PrivateKeysStore } from '#storage/signing-keys.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';

const SECRET = 'signing-keys';

export interface FreshPrivateKeys extends AsyncDisposable {
  readonly privateKeys: PrivateKeysStore;
  /** The SDK's, for what `privateKeys` cannot do. */
  readonly client: SecretsManagerClient;
  readonly endpoint: string;
  readonly secret: string;
}

/** A Secrets Manager of its own, with an empty secret. */
export async function freshPrivateKeys(): Promise<FreshPrivateKeys> {
  const directory = await mkdtemp(join(tmpdir(), 'lrs-keys-'));
  const server = await startSecretsManager({ file: join(directory, 'secrets.json'), names: [SECRET] });
  const client = new SecretsManagerClient({ endpoint: server.endpoint, ...ENGINE_ACCESS });
  return {
    privateKeys: new SecretsManagerPrivateKeys(client, SECRET),
    client,
    endpoint: server.endpoint,
    secret: SECRET,
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}
