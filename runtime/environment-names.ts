/**
 * Every environment variable a function reads. Whoever sets them, a stack or the laptop's server, takes the names from
 * here, so that they are the very names the functions read.
 */
export const ENVIRONMENT_NAMES = [
  'STATEMENTS_TABLE',
  'DOCUMENTS_TABLE',
  'REGISTRY_TABLE',
  'ATTACHMENTS_BUCKET',
  'AWS_REGION',
  'DYNAMODB_ENDPOINT',
  'S3_ENDPOINT',
  'LRS_BASE_PATH',
  'LRS_INDEX_SHARDS',
  'LRS_CONSISTENCY',
  'LRS_COMMIT_BOUND_MS',
  'LRS_INDEX_LAG_MS',
  'LOG_LEVEL',
  'LRS_METRICS_NAMESPACE',
  'FIRST_CREDENTIAL_SECRET',
  'LRS_HOME_PAGE',
  'LRS_PUBLIC_URL',
  'LRS_ISSUER',
  'SIGNING_KEYS_SECRET',
  'SECRETS_MANAGER_ENDPOINT',
  'LRS_AUDIT_RETENTION_DAYS',
  'LRS_ISSUER_HOSTS',
  'EXPORTS_BUCKET',
  'LRS_LAKE_LANGUAGES',
  'LRS_LAKE_GRACE_MS',
  'LAKE_COMPACTOR_FUNCTION',
  'JOBS_FUNCTION',
  'LAMBDA_ENDPOINT',
] as const;

export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];
