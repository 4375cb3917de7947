import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { CommitOutcome, Registry } from '#storage/registry.ts';
import type { PublishedKeys } from '#storage/signing-keys.ts';
import type { FreshTables } from '#test/support/engine.ts';
import type { SigningKeys } from '#tokens/signing-keys.ts';

/** Publishes signing keys as whoever rotates them does. */
export function publishKeys(
  { client, names }: Pick<FreshTables, 'client' | 'names'>,
  keys: PublishedKeys,
): Promise<CommitOutcome> {
  return commitKeys(
    new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 400, now: Date.now }),
    keys,
  );
}

/** Rotates the keys on demand. @throws an error when others have changed them at the same moment */
export async function rotateKeys(
  keys: SigningKeys,
  registry: Pick<Registry, 'commit'>,
  compromised: boolean,
): Promise<PublishedKeys> {
  const { published, store } = await keys.rotation(compromised);
  const outcome = await commitKeys(registry, published);
  if (outcome !== 'done') throw new Error(outcome);
  await store();
  return published;
}

function commitKeys(registry: Pick<Registry, 'commit'>, put: PublishedKeys): Promise<CommitOutcome> {
  return registry.commit({
    changes: [{ kind: 'signing-keys', put }],
    audit: { store: 'default', time: 0, action: 'signing-keys-rotated', result: 'done' },
  });
}
