import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCredential } from '#functions/bootstrap-credential/read-credential.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:first-abcdef';

const SHAPE = `The value of the secret ${ARN} has to be JSON, an object with the texts key and secret.`;

describe('the value of the secret', () => {
  it('gives key and secret, whatever else it holds', () => {
    const value = JSON.stringify({ key: 'first-lrs-prod', secret: 'x'.repeat(64), note: 'changed in May' });
    expect(readCredential(value, ARN)).toEqual({ key: 'first-lrs-prod', secret: 'x'.repeat(64) });
  });

  it.each([
    '',
    'hunter2hunter2hunter2',
    '{"key":"k","secret":',
    'null',
    '"text"',
    '[]',
    '{}',
    '{"key":"k"}',
    '{"secret":"xxxxxxxxxxxxxxxx"}',
    '{"key":1,"secret":"xxxxxxxxxxxxxxxx"}',
    '{"key":"k","secret":["xxxxxxxxxxxxxxxx"]}',
  ])('has to be an object with both as texts: %j', (value) => {
    expect(() => readCredential(value, ARN)).toThrow(SHAPE);
  });

  it.each([
    ['', 'xxxxxxxxxxxxxxxx', `The key in the secret ${ARN} has to have 1 to 128 characters`],
    ['a:b', 'xxxxxxxxxxxxxxxx', 'none of them a colon'],
    ['k', 'xxxxxxxxxxxxxxx', `The secret in the secret ${ARN} has to have at least 16 characters`],
    ['k', 'xxxxxxxxxxxxxxxx\n', 'none of them a control character'],
  ])('keeps the rules for key %j and secret %j', (key, secret, sentence) => {
    expect(() => readCredential(JSON.stringify({ key, secret }), ARN)).toThrow(sentence);
  });

  it('is never quoted by an error', () => {
    const marked = fc.string().map((text) => `${text}TOP-SECRET${text}`);
    const values = fc.oneof(
      marked,
      marked.map((text) => JSON.stringify(text)),
      marked.map((key) => JSON.stringify({ key: `${key}:`, secret: key })),
      marked.map((secret) => JSON.stringify({ key: 'k', secret: `${secret}\n` })),
      marked.map((secret) => `{"key":"k","secret":"${secret}`),
    );
    fc.assert(
      fc.property(values, (value) => {
        const { message, cause } = thrownBy(() => readCredential(value, ARN));
        expect(message).toContain(ARN);
        expect(message).not.toContain('TOP-SECRET');
        expect(cause).toBeUndefined();
      }),
    );
  });
});

function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
}
