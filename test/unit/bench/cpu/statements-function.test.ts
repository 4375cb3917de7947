import { describe, expect, it } from 'vitest';
import { eventOf, registerBenchCredential, statementsFunction } from '#bench/cpu/statements-function.ts';
import { stubbedClients } from '#bench/cpu/stubbed-clients.ts';
import { statementAt } from '#bench/support/generated.ts';

const SENT = Array.from({ length: 60 }, (_, index) => statementAt('test', index));
const ARRAY = [JSON.stringify(SENT)];
const ALONE = SENT.map((statement) => JSON.stringify(statement));

describe('the function whose CPU time is measured', () => {
  it.each([
    ['an array', 'direct', ARRAY],
    ['an array', 'serialising', ARRAY],
    ['single statements', 'direct', ALONE],
    ['single statements', 'serialising', ALONE],
  ] as const)('reads what it has stored, page after page: %s (client: %s)', async (_, reading, bodies) => {
    const clients = stubbedClients();
    await registerBenchCredential(clients.direct);
    const storing = statementsFunction(clients.direct);
    for (const body of bodies) expect(await storing(eventOf('POST', '', body))).toMatchObject({ statusCode: 200 });
    const handler = statementsFunction(clients[reading]);
    const read: unknown[] = [];
    for (let query = 'limit=25'; query !== '';) {
      const page = await handler(eventOf('GET', query));
      const { statements, more }: { statements: unknown[]; more: string } = JSON.parse(page.body ?? '');
      read.push(...statements);
      query = more.replace(/^[^?]*\??/u, '');
    }
    expect(read.toReversed()).toMatchObject(SENT);
  });
});
