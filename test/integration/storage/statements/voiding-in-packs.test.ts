import { beforeEach, describe, expect, it } from 'vitest';
import { attempt, expectVoided, SHARED, voidingOf } from '#test/support/attempts.ts';
import { type Call, concerns, connectionLost } from '#test/support/faulty-client.ts';
import { aVoiding, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';
import { anActivity } from '#test/support/statements.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

describe('a statement in packs', () => {
  const array = attempt(120, 0);
  const ids = idsOf(array);

  it('is voided by a statement alone', async () => {
    await stores.open().store(store, array.slice(0, 50));
    await stores.open().store(store, [voidingOf(uuidOf(7))]);
    await expectVoided(stores, store, ids.slice(0, 50), [uuidOf(7)]);
  });

  it('is voided at once where the same pages were read again and again before', async () => {
    const [writer, reader] = [stores.open(), stores.open()];
    await writer.store(store, array.slice(0, 50));
    for (const id of ids.slice(0, 5)) {
      for (let time = 0; time < 3; time += 1) await walk(reader, { store });
      await writer.store(store, [voidingOf(id)]);
      expect(await walk(reader, { store })).not.toContain(id);
    }
    await expectVoided(stores, store, ids.slice(0, 50), ids.slice(0, 5));
  });

  it('is voided with many by an array, which asks for each pack once', async () => {
    await stores.open().store(store, array);
    const updates: Call[] = [];
    const statements = stores.openIntercepted((call, send) => {
      if (call.name === 'UpdateItem') updates.push(call);
      return send();
    });
    const voided = ids.slice(20, 80);
    await statements.store(store, voided.map(voidingOf));
    // Those of two sections, and what they are related to, of which there may be one.
    expect(updates).toHaveLength(12);
    await expectVoided(stores, store, ids, voided);
  });

  it('is voided by an array that takes a journal', async () => {
    await stores.open().store(store, array);
    const voided = ids.slice(10, 100);
    await stores.open().store(store, [...voided.map(voidingOf), ...drafts(30, 0x20000)]);
    await expectVoided(stores, store, ids, voided);
  });

  it('is voided before it comes, and with it', async () => {
    const [before, within] = [ids.slice(3, 9), ids.slice(60, 66)];
    await stores.open().store(store, before.map(voidingOf));
    await stores.open().store(store, [...array, ...within.map(voidingOf)]);
    await expectVoided(stores, store, ids, [...before, ...within]);
  });

  it('is voided once, by many at once', async () => {
    await stores.open().store(store, array.slice(0, 50));
    const voided = ids.slice(10, 15);
    const writers = Array.from({ length: 20 }, (_, writer) => {
      return stores.open().store(
        store,
        voided.map((id, index) => aVoiding(uuidOf(0x30000 + writer * 10 + index), id)),
      );
    });
    await Promise.all(writers);
    await expectVoided(stores, store, ids.slice(0, 50), voided);
  });

  it('is not touched when more are voided than one transaction takes', async () => {
    await stores.open().store(store, array);
    const calls: Call[] = [];
    const statements = stores.openIntercepted((call, send) => {
      calls.push(call);
      return send();
    });
    await expect(statements.store(store, ids.map(voidingOf))).rejects.toMatchObject({ code: 'request-too-large' });
    expect(calls.filter((call) => concerns(call, 'ADD c'))).toEqual([]);
    await expectVoided(stores, store, ids, []);
  });

  it.each(['one transaction', 'a journal'])('is found as before when its voiding fails: %s', async (way) => {
    await stores.open().store(store, array.slice(0, 50));
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'TransactWriteItems' && concerns(call, 'vb = ')) throw connectionLost();
      return send();
    });
    const voidings = ids.slice(5, 15).map(voidingOf);
    const rest = way === 'a journal' ? drafts(120, 0x20000) : [];
    await expect(failing.store(store, [...voidings, ...rest])).rejects.toMatchObject({ code: 'overloaded' });
    expect((await stores.itemsOf(store)).filter((item) => item['c']?.NS?.length === 10)).toHaveLength(5);
    await expectVoided(stores, store, ids.slice(0, 50), []);
    await stores.open().store(store, [...voidings, ...rest]);
    await expectVoided(stores, store, ids.slice(0, 50), ids.slice(5, 15));
  });

  it('is what others refer to, and refers to others', async () => {
    const statements = stores.open();
    const references = drafts(10, 0x20000, () => ({
      ...SHARED,
      verb: { id: 'http://example.com/verbs/referred' },
      object: { objectType: 'StatementRef', id: uuidOf(5) },
    }));
    await statements.store(store, references);
    await statements.store(store, array.slice(0, 50));
    for (const { value } of references) await expectFullyIndexed(statements, store, value, [array[5]?.value ?? value]);
    await statements.store(store, [voidingOf(uuidOf(5))]);
    await expectVoided(stores, store, ids.slice(0, 50), [uuidOf(5)]);
    expect(await walk(statements, { store, filters: { activity: anActivity('shared').id } })).toContain(
      uuidOf(0x20001),
    );
  });
});
