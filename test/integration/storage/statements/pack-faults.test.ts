import { beforeEach, describe, expect, it } from 'vitest';
import { attempt, expectFound, expectVoided, voidingOf } from '#test/support/attempts.ts';
import { type Call, connectionLost, losingTransactions } from '#test/support/faulty-client.ts';
import { packsIn } from '#test/support/packs-in.ts';
import { idsOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

describe('an array of 120 that is given up in the middle', () => {
  it.each([1, 2, 3])(
    'leaves nothing to be found, and is stored when it is sent again: transaction %i',
    async (last) => {
      const failing = stores.openIntercepted(losingTransactions(last));
      const array = attempt(120, 0);
      await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
      await expectFound(stores, store, []);
      expect(packsIn(await stores.itemsOf(store))).toEqual({});
      await stores.open().store(store, array);
      await expectFound(stores, store, idsOf(array));
    },
  );
});

/** Lets calls through, but for transactions from this number on, which are lost. @returns what was sent. */
function recorded(from = Infinity) {
  const sent: Call[] = [];
  const statements = stores.openIntercepted((call, send) => {
    if (call.name !== 'TransactWriteItems') return send();
    sent.push(call);
    if (sent.length >= from) throw connectionLost();
    return send();
  });
  return { statements, sent };
}

async function sendAgain(sent: readonly Call[]): Promise<void> {
  for (const { input } of sent) {
    if (!('TransactItems' in input)) continue;
    await expect(stores.client.call('TransactWriteItems', input)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
  }
}

describe('a transaction that is carried out once more, later', () => {
  it.each([50, 120])('changes nothing once the array is stored and voided in part: %i', async (size) => {
    const { statements, sent } = recorded();
    const array = attempt(size, 0);
    await statements.store(store, array);
    const voided = idsOf(array).slice(10, 20);
    await stores.open().store(store, voided.map(voidingOf));
    await sendAgain(sent);
    await expectVoided(stores, store, idsOf(array), voided);
  });

  it('changes nothing when it is of an attempt that was given up, once another succeeded', async () => {
    const { statements, sent } = recorded(2);
    const array = attempt(120, 0);
    await expect(statements.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    await stores.open().store(store, array);
    await sendAgain(sent);
    await expectFound(stores, store, idsOf(array));
  });
});
