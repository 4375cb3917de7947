import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES } from '#runtime/environment-names.ts';
import { readEnvironment } from '#runtime/environment.ts';

const REQUIRED = {
  STATEMENTS_TABLE: 'statements',
  DOCUMENTS_TABLE: 'documents',
  REGISTRY_TABLE: 'registry',
  ATTACHMENTS_BUCKET: 'attachments',
  AWS_REGION: 'eu-central-1',
  FIRST_CREDENTIAL_SECRET: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:first-abcdef',
  LRS_HOME_PAGE: 'https://lrs.example/xapi',
  LRS_PUBLIC_URL: 'https://lrs.example',
  LRS_ISSUER: 'urn:serverless-lrs:lrs-prod',
  SIGNING_KEYS_SECRET: 'signing-keys',
  EXPORTS_BUCKET: 'exports',
  LAKE_COMPACTOR_FUNCTION: 'lake-compactor',
  JOBS_FUNCTION: 'jobs',
};

describe('the environment', () => {
  it('has a default for all that is not a place', () => {
    expect(readEnvironment(ENVIRONMENT_NAMES, REQUIRED)).toEqual({
      ...REQUIRED,
      DYNAMODB_ENDPOINT: undefined,
      S3_ENDPOINT: undefined,
      LRS_BASE_PATH: '/xapi',
      LRS_INDEX_SHARDS: 1,
      LRS_CONSISTENCY: 'bounded',
      LRS_COMMIT_BOUND_MS: 10_000,
      LRS_INDEX_LAG_MS: 2_000,
      LOG_LEVEL: 'info',
      LRS_METRICS_NAMESPACE: undefined,
      SECRETS_MANAGER_ENDPOINT: undefined,
      LRS_AUDIT_RETENTION_DAYS: 400,
      LRS_ISSUER_HOSTS: 'public',
      LRS_LAKE_LANGUAGES: ['en'],
      LRS_LAKE_GRACE_MS: 3_600_000,
      LAMBDA_ENDPOINT: undefined,
    });
  });

  it('is read only as far as it is asked for', () => {
    expect(readEnvironment(['LOG_LEVEL'], { LOG_LEVEL: 'debug' })).toEqual({ LOG_LEVEL: 'debug' });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment(['LRS_BASE_PATH', 'S3_ENDPOINT'], { LRS_BASE_PATH: '', S3_ENDPOINT: '' })).toEqual({
      LRS_BASE_PATH: '/xapi',
      S3_ENDPOINT: undefined,
    });
  });

  it.each([
    ['STATEMENTS_TABLE', undefined, 'STATEMENTS_TABLE is not set; it has to be the name of the statements table.'],
    ['S3_ENDPOINT', 'localhost', 'S3_ENDPOINT is "localhost"; it has to be an http or https URL.'],
    ['LRS_BASE_PATH', '/xapi/', 'LRS_BASE_PATH is "/xapi/"; it has to be a path such as /xapi'],
    ['LRS_INDEX_SHARDS', '0', 'LRS_INDEX_SHARDS is "0"; it has to be a whole number from 1 to 1000.'],
    ['LRS_COMMIT_BOUND_MS', '1e3', 'LRS_COMMIT_BOUND_MS is "1e3"; it has to be a whole number'],
    ['LRS_CONSISTENCY', 'eventual', 'it has to be one of in-process, bounded.'],
    ['LRS_HOME_PAGE', undefined, 'LRS_HOME_PAGE is not set; it has to be an http or https URL.'],
    ['LRS_HOME_PAGE', 'lrs.example', 'LRS_HOME_PAGE is "lrs.example"; it has to be an http or https URL.'],
    ['LRS_LAKE_LANGUAGES', 'de,', 'it has to be language tags separated by commas, such as de-CH,de,en.'],
    ['LOG_LEVEL', 'trace', 'it has to be one of debug, info, warn, error.'],
    ['LRS_METRICS_NAMESPACE', 'AWS/Lambda', 'it has to be 1 to 255 letters, digits or signs'],
    ['LRS_METRICS_NAMESPACE', ':lrs', 'the first no colon, and not AWS/ in front.'],
    ['LRS_METRICS_NAMESPACE', 'lrs prod', 'it has to be 1 to 255'],
    ['LRS_METRICS_NAMESPACE', 'é', 'it has to be 1 to 255'],
    ['LRS_METRICS_NAMESPACE', 'n'.repeat(256), 'it has to be 1 to 255'],
  ] as const)('says what %s has to be when it is %o', (name, value, sentence) => {
    expect(() => readEnvironment([name], { [name]: value })).toThrow(sentence);
  });
});
