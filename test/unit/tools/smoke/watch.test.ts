import { describe, expect, it } from 'vitest';
import type { Answer } from '#tools/smoke/answer.ts';
import { faultsOf } from '#tools/smoke/watch.ts';

function anAnswer(overrides: Partial<Omit<Answer, 'body'>> & { readonly body?: string } = {}): Answer {
  const { body = '', ...rest } = overrides;
  return {
    request: 'GET /about',
    status: 200,
    headers: {},
    milliseconds: 1,
    excerpt: () => body,
    ...rest,
    body: Buffer.from(body),
  };
}

const OURS = { 'x-experience-api-version': '1.0.3', 'x-request-id': 'id-1' };

describe('every answer of a smoke run', () => {
  it('may refuse', () => {
    expect(faultsOf(anAnswer())).toEqual([]);
    expect(faultsOf(anAnswer({ status: 404, body: '{"message":"Not Found"}' }))).toEqual([]);
  });

  it('may not be a 5xx: the function’s own leads to its log', () => {
    const [fault] = faultsOf(anAnswer({ status: 500, headers: OURS, body: '{"code":"internal-error"}' }));
    expect(fault?.received).toBe('GET /about gave 500: {"code":"internal-error"}');
    expect(fault?.advice).toBe('Look for the request id id-1 in the log of the function.');
  });

  it('may not be a 5xx: the gateway’s own leads to what Lambda lacks', () => {
    const [fault] = faultsOf(anAnswer({ status: 503, headers: { server: 'CloudFront' } }));
    expect(fault?.received).toBe('GET /about gave 503 (from CloudFront, not from the LRS)');
    expect(fault?.advice).toMatch(/^Look for the time of this run[^]*quota of concurrent executions/u);
  });

  it.each([
    'Error: no\n    at handler (/var/task/index.mjs:1:2)',
    '{"errorType":"Error","errorMessage":"no"}',
    'arn:aws:dynamodb:eu-west-1:1:table/x',
    'ProvisionedThroughput DynamoDBServiceException',
  ])('may not show internals: %s', (body) => {
    expect(faultsOf(anAnswer({ status: 400, body }))).toMatchObject([{ expected: 'an error without internals' }]);
    expect(faultsOf(anAnswer({ status: 200, body }))).toEqual([]);
  });

  it.each(['at a ', 'Dynamo'])('is looked through soon, whatever it holds: %s', (word) => {
    const start = performance.now();
    expect(faultsOf(anAnswer({ status: 400, body: word.repeat(1_000_000) }))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
