import { describe, expect, it } from 'vitest';
import { streamsEndpoint } from '#local/stream/streams-endpoint.ts';

describe('streamsEndpoint', () => {
  it.each([
    ['http://127.1.2.3:8000', 'http://127.1.2.3:8000'],
    ['https://dynamodb.example.com', 'https://dynamodb.example.com'],
    ['https://dynamodb.eu-central-1.amazonaws.com', 'https://streams.dynamodb.eu-central-1.amazonaws.com'],
    ['https://dynamodb.cn-north-1.amazonaws.com.cn', 'https://streams.dynamodb.cn-north-1.amazonaws.com.cn'],
    [
      'https://dynamodb.eu-central-1.amazonaws.com.evil.example',
      'https://dynamodb.eu-central-1.amazonaws.com.evil.example',
    ],
  ])('of %s is %s', (dynamoDb, streams) => {
    expect(streamsEndpoint(dynamoDb)).toBe(streams);
  });
});
