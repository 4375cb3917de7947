import { expect, it } from 'vitest';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

const KEYSPACE = new Keyspace('store', 1);

/** Of users whom issuers of tokens vouch for. */
const ifiOf = (subject: number): string => `account|https://issuer.example|${subject}`;

it('forgets the authority whose statements came longest ago, and no other, when there are 10,000', () => {
  const known = new KnownAuthorities(
    new StatementsTable(new DynamoDbService({ region: 'eu-central-1' }), 'Statements'),
  );
  const isUnknown = (subject: number): boolean => known.unknown(KEYSPACE, [ifiOf(subject)]).items.length > 0;
  const stores = (subject: number): void => known.unknown(KEYSPACE, [ifiOf(subject)]).written();
  for (let subject = 0; subject < 10_000; subject += 1) stores(subject);
  stores(0);
  stores(10_000);
  expect([1, 0, 2, 9_999, 10_000].map(isUnknown)).toEqual([true, false, false, false, false]);
});
