import { BODY_VARIABLES, bodyItems } from '#functions/body-items.ts';
import { asOnlyWriterOfDocuments } from '#functions/only-writer.ts';
import type { Part } from '#functions/resource-deps.ts';
import type { DocumentStore } from '#storage/document-store.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';

/* What the composition roots of the functions that keep documents have in common. */

export const DOCUMENT_VARIABLES = [...BODY_VARIABLES, 'LRS_CONSISTENCY'] as const;

export function documentStore(environment: Part<typeof DOCUMENT_VARIABLES>, client: DynamoDb): DocumentStore {
  return new DynamoDbDocumentStore({
    ...bodyItems(environment, client),
    ...asOnlyWriterOfDocuments(environment, client),
  });
}
