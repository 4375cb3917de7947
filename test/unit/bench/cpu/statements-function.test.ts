import { describe, expect, it } from 'vitest';
import { eventOf, registerBenchCredential, statementsFunction } from '#bench/cpu/statements-function.ts';
import { stubbedClients } from '#bench/cpu/stubbed-clients.ts';
import { statementAt } from '#bench/support/generated.ts';

const SENT = Array.from({ length: 3 }, (_, index) => statementAt('test', index));

describe('the function whose CPU time is measured', () => {
  it.each(['direct', 'serialising'] as const)('reads what it has stored (client: %s)', async (reading) => {
    const clients = stubbedClients();
    await registerBenchCredential(clients.direct);
    const stored = await statementsFunction(clients.direct)(eventOf('POST', '', JSON.stringify(SENT)));
    expect(stored).toMatchObject({ statusCode: 200, body: JSON.stringify(SENT.map(({ id }) => id)) });

    const handler = statementsFunction(clients[reading]);
    const page = await handler(eventOf('GET', 'limit=3'));
    const { statements }: { statements: unknown[] } = JSON.parse(page.body ?? '');
    expect(statements.toReversed()).toMatchObject(SENT);
  });
});
