import { describe, expect, it } from 'vitest';
import { asOnlyWriterOfDocuments, asOnlyWriterOfStatements } from '#functions/only-writer.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';

const client = new DynamoDbService({ region: 'eu-central-1' });
const [ALONE, AMONG_OTHERS] = [{ LRS_CONSISTENCY: 'in-process' }, { LRS_CONSISTENCY: 'bounded' }] as const;

describe('a function that writes statements', () => {
  it('knows the empty partitions with all of its process, and groups writes, where nobody else writes', () => {
    const { emptyPartitions, writes } = asOnlyWriterOfStatements(ALONE, client);
    expect(emptyPartitions).toBeDefined();
    expect(writes).toBeDefined();
    expect(asOnlyWriterOfStatements(ALONE, client).emptyPartitions).toBe(emptyPartitions);
  });

  it('has nothing of the kind where others write', () => {
    expect(asOnlyWriterOfStatements(AMONG_OTHERS, client)).toEqual({});
  });
});

describe('a function that writes documents', () => {
  it('groups writes with all of its process where nobody else writes', () => {
    const { writes } = asOnlyWriterOfDocuments(ALONE, client);
    expect(writes).toBeDefined();
    expect(asOnlyWriterOfDocuments(ALONE, client).writes).toBe(writes);
  });

  it('writes each document with a call where others write', () => {
    expect(asOnlyWriterOfDocuments(AMONG_OTHERS, client)).toEqual({});
  });
});
