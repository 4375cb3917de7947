import { describe, expect, it } from 'vitest';
import { functionVariables } from '#local/function-variables.ts';
import { readSettings } from '#local/settings.ts';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '#runtime/environment-names.ts';
import { readEnvironment } from '#runtime/environment.ts';

const ENDPOINTS = {
  lrs: 'http://127.0.0.1:8080',
  dynamoDb: 'http://127.0.0.1:1',
  s3: 'http://127.0.0.1:2',
  secretsManager: 'http://127.0.0.1:3',
  lambda: 'http://127.0.0.1:4',
};

/** Of the function that only a deployment calls. */
const DEPLOYED_ONLY: readonly EnvironmentName[] = ['FIRST_CREDENTIAL_SECRET'];

describe('the environment of the functions', () => {
  it('is one that the functions accept', () => {
    const variables = functionVariables(readSettings({}, '/'), ENDPOINTS, {});
    const names = ENVIRONMENT_NAMES.filter((name) => !DEPLOYED_ONLY.includes(name));
    expect(readEnvironment(names, variables)).toMatchObject({
      DYNAMODB_ENDPOINT: ENDPOINTS.dynamoDb,
      S3_ENDPOINT: ENDPOINTS.s3,
      SECRETS_MANAGER_ENDPOINT: ENDPOINTS.secretsManager,
      LAMBDA_ENDPOINT: ENDPOINTS.lambda,
      LRS_LAKE_GRACE_MS: 0,
      LRS_ISSUER_HOSTS: 'loopback',
      LRS_PUBLIC_URL: ENDPOINTS.lrs,
      LRS_BASE_PATH: '/xapi',
      LRS_CONSISTENCY: 'in-process',
      LRS_COMMIT_BOUND_MS: 25_000,
    });
  });

  it('promises no more than a shared DynamoDB can hold', () => {
    const settings = readSettings({ DYNAMODB_ENDPOINT: 'http://dynamodb.test' }, '/');
    expect(functionVariables(settings, ENDPOINTS, {})).toMatchObject({ LRS_CONSISTENCY: 'bounded' });
  });

  it('keeps the AWS access that a service elsewhere needs, and no other', () => {
    const given = { AWS_ACCESS_KEY_ID: 'real', AWS_REGION: 'eu-west-1' };
    const elsewhere = readSettings({ DYNAMODB_ENDPOINT: 'http://dynamodb.test' }, '/');
    expect(functionVariables(elsewhere, ENDPOINTS, given)).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    const embedded = functionVariables(readSettings({}, '/'), ENDPOINTS, given);
    expect(embedded).toMatchObject({ AWS_ACCESS_KEY_ID: 'local', AWS_REGION: 'eu-west-1' });
  });
});
