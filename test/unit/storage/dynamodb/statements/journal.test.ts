import { expect, it } from 'vitest';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { Journals } from '#storage/dynamodb/statements/journal.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { beforeDeadline } from '#storage/write-horizon.ts';

const KEYSPACE = new Keyspace('store', 1);

it('remembers what a page has asked for while it learns of the 10,001st journal', () => {
  const table = new StatementsTable(new DynamoDbService({ region: 'eu-central-1' }), 'Statements');
  const journals = new Journals(table, beforeDeadline(Date.now));
  const learn = (id: number): boolean => journals.learn(KEYSPACE, `${id}`, { jstate: { S: 'committed' } });
  for (let id = 0; id < 10_000; id += 1) learn(id);
  expect(journals.isCommitted(KEYSPACE, '0')).toBe(true);
  learn(10_000);
  expect(['0', '1', '2', '10000'].map((id) => journals.isCommitted(KEYSPACE, id))).toEqual([
    true,
    undefined,
    true,
    true,
  ]);
});
