import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/statements/handler.ts';
import { createLogger } from '#runtime/logger.ts';
import { anAuthenticator } from '#test/support/authenticators.ts';
import { NOT_COUNTED } from '#test/support/not-counted.ts';
import { anEvent, basic } from '#test/support/gateway-events.ts';
import { anActivity, aStatement } from '#test/support/statements.ts';

const NOW = Date.UTC(2030, 0, 31);
const fail = () => Promise.reject(new Error('the table of activities is out of reach'));

describe('storing statements', () => {
  it('acknowledges statements that are stored when nothing can be learnt from them, and logs it', async () => {
    const log: string[] = [];
    const handler = createHandler({
      logger: createLogger(
        'error',
        (line) => log.push(line),
        () => NOW,
      ),
      now: () => NOW,
      ...NOT_COUNTED,
      authenticator: anAuthenticator(),
      stores: { store: () => Promise.resolve(undefined) },
      statements: {
        store: (_, drafts) => Promise.resolve({ results: drafts.map(() => 'stored' as const) }),
        get: () => Promise.resolve(undefined),
        query: () => Promise.resolve({ statements: [] }),
        consistentThrough: () => NOW,
      },
      attachments: { put: () => Promise.resolve(), get: () => Promise.resolve(undefined) },
      activities: { learn: fail, get: () => Promise.resolve(undefined) },
      persons: { learn: () => Promise.resolve(), names: () => Promise.resolve([]) },
      newId: () => '0b4ba2ef-3a5c-4c8e-8f8a-1d6e5f7a9b10',
      basePath: '/xapi',
    });
    const statement = aStatement({ object: anActivity('meeting', { name: { en: 'Meeting' } }) });
    const headers = { authorization: basic('key', 'secret'), 'content-type': 'application/json' };
    const reply = await handler(anEvent({ method: 'POST', headers, body: JSON.stringify(statement) }));
    expect(reply).toMatchObject({ statusCode: 200, body: '["0b4ba2ef-3a5c-4c8e-8f8a-1d6e5f7a9b10"]' });
    expect(log.map((line): unknown => JSON.parse(line))).toMatchObject([
      { message: 'not learnt', requestId: 'request-1' },
    ]);
    expect(log[0]).toContain('out of reach');
  });
});
