import { expect, it } from 'vitest';
import { asOnlyWriter } from '#functions/only-writer.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';

const client = new DynamoDbService({ region: 'eu-central-1' });

it('knows the empty partitions with all functions of its process, and groups puts, where nobody else writes', () => {
  const { emptyPartitions, puts } = asOnlyWriter({ LRS_CONSISTENCY: 'in-process' }, client);
  expect(emptyPartitions).toBeDefined();
  expect(puts).toBeDefined();
  expect(asOnlyWriter({ LRS_CONSISTENCY: 'in-process' }, client).emptyPartitions).toBe(emptyPartitions);
});

it('has nothing of the kind where others write', () => {
  expect(asOnlyWriter({ LRS_CONSISTENCY: 'bounded' }, client)).toEqual({});
});
