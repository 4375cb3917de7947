import { randomBytes } from 'node:crypto';
import openApi from '#docs/reference/openapi.json' with { type: 'json' };
import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { createHandler } from '#functions/admin/handler.ts';
import {
  CALLER_VARIABLES,
  EXPORTS_VARIABLES,
  exportLinks,
  exportObjects,
  functionCaller,
} from '#functions/exports-deps.ts';
import { SIGNING_VARIABLES, tokenSigning } from '#functions/token-signing.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbJobReader } from '#storage/dynamodb/jobs/job-reader.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';

const environment = readEnvironment(
  [
    ...AUTHORIZED_VARIABLES,
    ...SIGNING_VARIABLES,
    ...EXPORTS_VARIABLES,
    ...CALLER_VARIABLES,
    'JOBS_FUNCTION',
    'LRS_HOME_PAGE',
    'LRS_PUBLIC_URL',
  ],
  process.env,
);
const client = dynamoDbClient(environment);
const deps = authorizedDeps(environment, client, 'recent');
const place = {
  client,
  tableName: environment.REGISTRY_TABLE,
  retentionDays: environment.LRS_AUDIT_RETENTION_DAYS,
  now: deps.now,
};

export const handler = createHandler({
  ...deps,
  ...tokenSigning(environment, client, deps.now),
  registry: new DynamoDbRegistry(place),
  auditLog: new DynamoDbAuditLog(place),
  jobs: new DynamoDbJobReader(place),
  jobCaller: functionCaller(environment, environment.JOBS_FUNCTION),
  exportObjects: exportObjects(environment),
  exportLinks: exportLinks(environment),
  random: randomBytes,
  homePage: environment.LRS_HOME_PAGE,
  publicUrl: environment.LRS_PUBLIC_URL,
  issuerHosts: environment.LRS_ISSUER_HOSTS,
  openApi,
});
