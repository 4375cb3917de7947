import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from '#lib/config/read-settings.ts';
import { functionVariables, metricsNamespace } from '#lib/environment.ts';
import { type FunctionName, RIGHTS } from '#lib/rights.ts';

const SETTINGS = readSettings({ indexShards: 4, logLevel: 'warn' });
const NAMES = {
  tables: { statements: 'statements-table', documents: 'documents-table', registry: 'registry-table' },
  buckets: { attachments: 'attachments-bucket', exports: 'exports-bucket' },
  functions: { 'lake-compactor': 'lrs-prod-lake-compactor', jobs: 'lrs-prod-jobs' },
  signingKeys: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:signing-keys',
  homePage: 'https://lrs.example.com',
  publicUrl: 'https://lrs.example.com/learning',
};
/** What Lambda adds, and the construct of the first credential. */
const ADDED: Readonly<Record<string, string>> = {
  AWS_REGION: 'eu-central-1',
  FIRST_CREDENTIAL_SECRET: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:first',
};

const FUNCTIONS: readonly FunctionName[] = Object.keys(RIGHTS).filter((name): name is FunctionName => name in RIGHTS);

describe('environment of a deployed function', () => {
  const original = process.env;
  let read: Set<string>;

  beforeEach(() => {
    vi.resetModules();
    read = new Set();
  });

  afterEach(() => {
    process.env = original;
  });

  it.each(FUNCTIONS)('is what %s reads, no less and no more', async (name) => {
    const variables: Readonly<Record<string, string | undefined>> = functionVariables(name, SETTINGS, NAMES);
    process.env = new Proxy<NodeJS.ProcessEnv>(
      { ...variables, ...ADDED },
      {
        get: (target, key) => {
          read.add(String(key));
          return Reflect.get(target, key);
        },
      },
    );
    await import(`../../../functions/${name}/index.ts`);
    expect([...read]).toEqual(expect.arrayContaining(Object.keys(variables)));
  });

  it('has the settings', () => {
    expect(functionVariables('statements', SETTINGS, NAMES)).toEqual({
      LOG_LEVEL: 'warn',
      LRS_METRICS_NAMESPACE: 'ServerlessLrs/lrs-prod',
      STATEMENTS_TABLE: 'statements-table',
      DOCUMENTS_TABLE: 'documents-table',
      REGISTRY_TABLE: 'registry-table',
      ATTACHMENTS_BUCKET: 'attachments-bucket',
      LRS_BASE_PATH: '/xapi',
      LRS_INDEX_SHARDS: '4',
      LRS_INDEX_LAG_MS: '2000',
      LRS_ISSUER: 'urn:serverless-lrs:lrs-prod',
    });
  });

  it('has the settings of the lake, and the name of what is called', () => {
    const settings = readSettings({ lakeLanguages: 'de-CH,de' });
    expect(functionVariables('lake-writer', settings, NAMES)).toEqual({
      LOG_LEVEL: 'info',
      LRS_METRICS_NAMESPACE: 'ServerlessLrs/lrs-prod',
      LRS_LAKE_LANGUAGES: 'de-CH,de',
      REGISTRY_TABLE: 'registry-table',
      STATEMENTS_TABLE: 'statements-table',
      ATTACHMENTS_BUCKET: 'attachments-bucket',
      EXPORTS_BUCKET: 'exports-bucket',
      LAKE_COMPACTOR_FUNCTION: 'lrs-prod-lake-compactor',
    });
  });

  it('is not made where something that the function reads is not known', () => {
    const { publicUrl: _, ...names } = NAMES;
    expect(() => functionVariables('oauth', SETTINGS, names)).toThrow('LRS_PUBLIC_URL is not known');
  });

  it('names no table or bucket that a function has no right to', () => {
    expect(functionVariables('about', SETTINGS, NAMES)).toEqual({
      LOG_LEVEL: 'warn',
      LRS_METRICS_NAMESPACE: metricsNamespace(SETTINGS),
    });
  });
});
