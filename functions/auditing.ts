import type { Part } from '#functions/resource-deps.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import { LogAuditor } from '#http/audit/log-auditor.ts';
import type { ResourceDeps } from '#http/resource.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';
import { DynamoDbEventNotes } from '#storage/dynamodb/event-notes.ts';

/* How the functions record what was done: in the Registry. */

export const AUDIT_VARIABLES = ['REGISTRY_TABLE'] as const;

export function auditing(
  { REGISTRY_TABLE }: Part<typeof AUDIT_VARIABLES>,
  client: DynamoDb,
  { logger, now }: ResourceDeps,
): Auditor {
  const counters = new DynamoDbEventCounters(client, REGISTRY_TABLE);
  const notes = new DynamoDbEventNotes(client, REGISTRY_TABLE);
  return new LogAuditor({ notes, counters, logger, now });
}
