import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { DynamoDbLakeSecret } from '#storage/dynamodb/lake-secret.ts';
import { freshTables } from '#test/support/engine.ts';

it('is the same for all who ask, also at once, and for ever', async () => {
  const { client, names } = await freshTables();
  const place = { client, tableName: names.registry };
  const secrets = await Promise.all(Array.from({ length: 8 }, () => new DynamoDbLakeSecret(place, randomBytes).get()));
  const later = await new DynamoDbLakeSecret(place, randomBytes).get();
  expect(later).toHaveLength(32);
  for (const secret of secrets) expect(Buffer.from(secret)).toEqual(Buffer.from(later));
});
