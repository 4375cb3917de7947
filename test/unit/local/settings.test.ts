import { describe, expect, it } from 'vitest';
import { readSettings } from '#local/settings.ts';

describe('the settings of the laptop server', () => {
  it('have defaults', () => {
    expect(readSettings({}, '/folder')).toEqual({
      host: '127.0.0.1',
      port: 8080,
      basePath: '/xapi',
      dataFolder: '/folder/.lrs',
      credential: undefined,
      dynamoDbEndpoint: undefined,
      s3Endpoint: undefined,
    });
  });

  it('come from the environment', () => {
    const variables = {
      HOST: '::1',
      PORT: '0',
      LRS_BASE_PATH: '/a/b',
      LRS_DATA_DIR: 'data',
      LRS_KEY: 'key',
      LRS_SECRET: '0123456789abcdef',
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
      S3_ENDPOINT: 'http://127.0.0.1:9000',
    };
    expect(readSettings(variables, '/folder')).toEqual({
      host: '::1',
      port: 0,
      basePath: '/a/b',
      dataFolder: '/folder/data',
      credential: { key: 'key', secret: '0123456789abcdef' },
      dynamoDbEndpoint: 'http://127.0.0.1:8000',
      s3Endpoint: 'http://127.0.0.1:9000',
    });
  });

  it.each([
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: 'http' }],
    ['HOST', { HOST: 'a b' }],
    ['LRS_BASE_PATH', { LRS_BASE_PATH: '/xapi/' }],
    ['LRS_BASE_PATH', { LRS_BASE_PATH: '/a/../b' }],
    ['LRS_BASE_PATH', { LRS_BASE_PATH: '/.' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['LRS_METRICS_NAMESPACE', { LRS_METRICS_NAMESPACE: ':x' }],
    ['LRS_INDEX_SHARDS', { LRS_INDEX_SHARDS: '0' }],
    ['LRS_COMMIT_BOUND_MS', { LRS_COMMIT_BOUND_MS: 'abc' }],
    ['DYNAMODB_ENDPOINT', { DYNAMODB_ENDPOINT: 'localhost:8000' }],
    ['S3_ENDPOINT', { S3_ENDPOINT: 'localhost:9000' }],
    ['LRS_SECRET', { LRS_KEY: 'key' }],
    ['LRS_KEY', { LRS_SECRET: '0123456789abcdef' }],
    ['LRS_KEY', { LRS_KEY: 'a:b', LRS_SECRET: '0123456789abcdef' }],
    ['LRS_SECRET', { LRS_KEY: 'key', LRS_SECRET: '0123456789abcde' }],
  ])('name a wrong %s: %j', (name, variables) => {
    expect(() => readSettings(variables, '/folder')).toThrow(name);
  });

  it('name everything that is wrong at once, a sentence each', () => {
    const variables = { PORT: '-1', HOST: '!', LRS_KEY: 'k' };
    expect(() => readSettings(variables, '/folder')).toThrow(/^HOST .*\.\nPORT .*\.\nLRS_SECRET .*\.$/u);
  });
});
