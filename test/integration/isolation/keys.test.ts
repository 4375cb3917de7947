import { describe, expect, it } from 'vitest';
import { forEachBounded } from '#storage/bounded.ts';
import { aCredential } from '#test/support/credentials.ts';
import type { Call } from '#test/support/faulty-client.ts';
import { startFunctions } from '#test/support/function-handlers.ts';
import { fillStore } from '#test/integration/isolation/filled-store.ts';
import { partitionKeysIn } from '#test/integration/isolation/partition-keys.ts';
import { filterRequests, readRequests } from '#test/integration/isolation/read-requests.ts';
import { AUTHORITY, sender } from '#test/integration/isolation/tenants.ts';
import { PHASES } from '#test/integration/isolation/write-requests.ts';

const AT_ONCE = 8;

/* What another store has under a key is thrown away by whoever finds it, and would still cost time, which tells. */
describe('all partition keys that DynamoDB is asked for or given', () => {
  it('begin with the store of the credential, whatever is sent', async () => {
    const calls: Call[] = [];
    const credential = aCredential({ key: 'a', store: 'the-store', authority: AUTHORITY });
    const functions = await startFunctions([credential], (call, send) => {
      calls.push(call);
      return send();
    });
    const send = sender(functions, 'a');
    const store = await fillStore(send);
    for (const writes of Object.values(PHASES)) {
      await forEachBounded(writes(store), 1, async ({ request }) => void (await send(request)));
    }
    const reads = [...readRequests(store), ...filterRequests(store)];
    const lookups = reads.filter(({ method, query }) => method === 'GET' && query['format'] === undefined);
    await forEachBounded(lookups, AT_ONCE, async (request) => void (await send(request)));
    const keys = calls.map(({ name, input }) => ({ name, keys: partitionKeysIn(input) }));
    expect(keys.filter((call) => call.keys.length === 0)).toEqual([]);
    expect(keys.flatMap((call) => call.keys).filter((key) => !key.startsWith('the-store|'))).toEqual([]);
  });
});
