import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Part } from '#functions/resource-deps.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import { LogAuditor } from '#http/audit/log-auditor.ts';
import type { ResourceDeps } from '#http/resource.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';

/* How the functions record what was done: in the Registry. */

export const AUDIT_VARIABLES = ['REGISTRY_TABLE', 'LRS_AUDIT_RETENTION_DAYS'] as const;

export function auditing(
  { REGISTRY_TABLE, LRS_AUDIT_RETENTION_DAYS }: Part<typeof AUDIT_VARIABLES>,
  client: DynamoDBClient,
  { logger, now }: ResourceDeps,
): Auditor {
  const chain = { client, tableName: REGISTRY_TABLE, retentionDays: LRS_AUDIT_RETENTION_DAYS, now };
  const counters = new DynamoDbEventCounters(client, REGISTRY_TABLE);
  return new LogAuditor({ log: new DynamoDbAuditLog(chain), counters, logger, now });
}
