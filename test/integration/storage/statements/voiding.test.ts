import { beforeEach, describe, expect, it } from 'vitest';
import { concerns, connectionLost, gate } from '#test/support/faulty-client.ts';
import { aDraft, aReference, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';

const [v, t, other] = [uuidOf(1), uuidOf(2), uuidOf(3)];

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

async function expectVoided(id: string, voided: boolean): Promise<void> {
  const statements = stores.open();
  expect(await statements.get(store, id)).toMatchObject({ id, voided });
  expect((await walk(statements, { store })).includes(id)).toBe(!voided);
}

describe('voiding (xAPI 1.0.3, Data 2.3.2)', () => {
  it.each([
    ['after it', [[aDraft(t)], [aVoiding(v, t)]]],
    ['before it', [[aVoiding(v, t)], [aDraft(t)]]],
    ['with it', [[aVoiding(v, t), aDraft(t)]]],
    ['with it, the other way round', [[aDraft(t), aVoiding(v, t)]]],
  ])('takes a statement out of every index, when it arrives %s', async (_, arrays) => {
    const statements = stores.open();
    for (const array of arrays) await statements.store(store, array);
    await expectVoided(t, true);
    await expectFullyIndexed(statements, store, aVoiding(v, t).value, [aDraft(t).value]);
  });

  it.each([
    ['after it', [aVoiding(other, uuidOf(9))], [aVoiding(v, other)]],
    ['with it', [], [aVoiding(other, uuidOf(9)), aVoiding(v, other)]],
    ['by itself', [], [aVoiding(v, v)]],
  ])('of a voiding statement is refused, %s, and nothing is stored', async (_, before, array) => {
    const statements = stores.open();
    await statements.store(store, before.length === 0 ? [aDraft(t)] : before);
    await expect(statements.store(store, array)).rejects.toMatchObject({ code: 'voiding-invalid' });
    expect(await statements.get(store, v)).toBeUndefined();
  });

  it('of what turns out to be a voiding statement has no effect, and can be replayed', async () => {
    const statements = stores.open();
    await statements.store(store, [aVoiding(v, other)]);
    await statements.store(store, [aVoiding(other, t)]);
    await expectVoided(other, false);
    expect(await statements.store(store, [aVoiding(v, other)])).toEqual({ results: ['replayed'] });
  });

  it('is undone with the array that was given up', async () => {
    const array = [...drafts(150, 100), aVoiding(v, uuidOf(100)), aVoiding(other, t)];
    const statements = stores.open();
    await statements.store(store, [aDraft(t)]);
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'UpdateItem' || concerns(call, 'jstate = :state')) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await statements.get(store, uuidOf(100))).toBeUndefined();
    await statements.store(store, drafts(1, 100));
    await expectVoided(uuidOf(100), false);
    await expectVoided(t, false);
    await statements.store(store, array);
    await expectVoided(uuidOf(100), true);
    await expectVoided(t, true);
  });

  it('before the target holds, though an array with the target was given up', async () => {
    const statements = stores.open();
    await statements.store(store, [aVoiding(v, uuidOf(100)), aReference(other, uuidOf(101))]);
    const failing = stores.openIntercepted((call, send) => {
      if (concerns(call, 'jstate = :state')) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, drafts(150, 100))).rejects.toMatchObject({ code: 'overloaded' });
    await statements.store(store, drafts(150, 100));
    await expectVoided(uuidOf(100), true);
    await expectFullyIndexed(statements, store, aReference(other, uuidOf(101)).value, [aDraft(uuidOf(101)).value]);
  });
});

describe('a race between a voiding statement and its target', () => {
  it.each([
    ['the target waits at its commit', aDraft(t), aVoiding(v, t), 'PutItem'],
    ['the voiding statement waits at its commit', aVoiding(v, t), aDraft(t), 'TransactWriteItems'],
  ])('voids the target: %s', async (_, held, free, commit) => {
    const door = gate();
    const statements = stores.openIntercepted(async (call, send) => {
      if (call.name === commit) await door.pass();
      return send();
    });
    const writing = statements.store(store, [held]);
    await door.reached;
    await stores.open().store(store, [free]);
    door.open();
    await writing;
    await expectVoided(t, true);
    await expectFullyIndexed(stores.open(), store, aVoiding(v, t).value, [aDraft(t).value]);
  });

  it('voids the target, whichever comes first of many at once', async () => {
    const targets = drafts(10, 100);
    const voidings = targets.map(({ id }, index) => aVoiding(uuidOf(200 + index), id));
    const statements = stores.open();
    await Promise.all([...targets, ...voidings].map((draft) => statements.store(store, [draft])));
    for (const { id } of targets) await expectVoided(id, true);
    for (const { id } of voidings) await expectVoided(id, false);
  });
});
