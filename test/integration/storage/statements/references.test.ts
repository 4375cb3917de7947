import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StatementStore } from '#storage/statement-store.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { connectionLost, concerns, gate } from '#test/support/faulty-client.ts';
import { aDraft, aReference, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

const [r, s, t] = [uuidOf(1), uuidOf(2), uuidOf(3)];

beforeEach(() => {
  store = stores.anotherStore();
});

/** A statement with keys that no other has. */
function aTarget(id: string): StatementDraft {
  const context = { registration: id, contextActivities: { parent: [anActivity(`parent-${id}`)] } };
  return aDraft(id, { actor: anAgent(`actor-${id}`), object: anActivity(`object-${id}`), context });
}

const foundByKeysOf = (statements: StatementStore, { id }: StatementDraft): Promise<readonly string[]> =>
  walk(statements, { store, filters: { agent: ifiOfAgent(`actor-${id}`) } });

/** Lets a call through only when the gate has been opened. */
function heldAt(condition: (name: string, concerning: (text: string) => boolean) => boolean) {
  const { reached, pass, open } = gate();
  const statements = stores.openIntercepted(async (call, send) => {
    if (condition(call.name, (text) => concerns(call, text))) await pass();
    return send();
  });
  return { statements, reached, open };
}

describe('a statement that refers to another (xAPI 1.0.3, Communication 2.1.3)', () => {
  it.each([
    ['before it', (refs: StatementDraft, target: StatementDraft) => [[refs], [target]]],
    ['after it', (refs: StatementDraft, target: StatementDraft) => [[target], [refs]]],
    ['together', (refs: StatementDraft, target: StatementDraft) => [[refs, target]]],
    ['together, the other way round', (refs: StatementDraft, target: StatementDraft) => [[target, refs]]],
  ])('is found by its keys, when it arrives %s', async (_, arrays) => {
    const [reference, target] = [aReference(r, t), aTarget(t)];
    const statements = stores.open();
    for (const array of arrays(reference, target)) await statements.store(store, array);
    await expectFullyIndexed(stores.open(), store, reference.value, [target.value]);
  });

  it('is found by the keys of a chain, whose statements arrive in any order', async () => {
    const chain = [aReference(r, s), aReference(s, t), aTarget(t)];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const [index, order] of orders.entries()) {
      const own = `${store}-${index}`;
      for (const place of order) await stores.open().store(own, chain.slice(place, place + 1));
      for (const [place, { value }] of chain.entries()) {
        const targets = chain.slice(place + 1).map((draft) => draft.value);
        await expectFullyIndexed(stores.open(), own, value, targets);
      }
    }
  });
});

describe('a race between a statement and its target', () => {
  it('leaves the reference found, when the target is stored while it looks for it', async () => {
    const [reference, target] = [aReference(r, t), aTarget(t)];
    const { statements, reached, open } = heldAt((name, concerning) => name === 'UpdateItem' && concerning(t));
    const writing = statements.store(store, [reference]);
    await reached;
    await stores.open().store(store, [target]);
    open();
    await writing;
    await expectFullyIndexed(stores.open(), store, reference.value, [target.value]);
  });

  it('leaves the reference found, when it comes to wait while the target is being written', async () => {
    const [reference, target] = [aReference(r, t), aTarget(t)];
    const { statements, reached, open } = heldAt((name, concerning) => name === 'PutItem' && concerning(t));
    const writing = statements.store(store, [target]);
    await reached;
    await stores.open().store(store, [reference]);
    open();
    await writing;
    await expectFullyIndexed(stores.open(), store, reference.value, [target.value]);
  });

  it('leaves a chain found, when its end is stored between two attempts of its middle', async () => {
    const [reference, middle, target] = [aReference(r, s), aReference(s, t), aTarget(t)];
    const { statements, reached, open } = heldAt((name, concerning) => name === 'PutItem' && concerning(s));
    const writing = statements.store(store, [middle]);
    await reached;
    await stores.open().store(store, [target]);
    await stores.open().store(store, [reference]);
    open();
    await writing;
    await expectFullyIndexed(stores.open(), store, reference.value, [middle.value, target.value]);
    await expectFullyIndexed(stores.open(), store, middle.value, [target.value]);
  });

  it('leaves a circle found, when all of it arrives at once', async () => {
    const circle = Array.from({ length: 4 }, (_, index) =>
      aReference(uuidOf(index), uuidOf((index + 1) % 4), {
        actor: anAgent(`circle-${index}`),
      }),
    );
    await Promise.all(circle.map((draft) => stores.open().store(store, [draft])));
    for (const { value } of circle) {
      const others = circle.map((draft) => draft.value);
      await expectFullyIndexed(stores.open(), store, value, others);
    }
  });

  it('leaves every one of many references found', async () => {
    const references = Array.from({ length: 30 }, (_, index) => aReference(uuidOf(10 + index), t));
    const target = aTarget(t);
    const statements = stores.open();
    await Promise.all([...references, target].map((draft) => statements.store(store, [draft])));
    expect((await foundByKeysOf(stores.open(), target)).toSorted()).toEqual(
      [target, ...references].map(({ id }) => id).toSorted(),
    );
  });
});

describe('a statement that many wait for', () => {
  it('is stored, though serving them all takes longer than a write may take', async () => {
    const references = Array.from({ length: 300 }, (_, index) => aReference(uuidOf(10 + index), t));
    await stores.open().store(store, references);
    let batches = 0;
    const slow = stores.openIntercepted(
      async (call, send) => {
        if (call.name !== 'BatchWriteItem') return send();
        batches += 1;
        if (batches > 1) await sleep(100);
        return send();
      },
      { commitBound: 2_400 },
    );
    await slow.store(store, [aTarget(t)]);
    expect(await foundByKeysOf(stores.open(), aTarget(t))).toHaveLength(301);
  });
});

describe('a statement that waits for another', () => {
  it('is not found by what was refused', async () => {
    const [reference, taken] = [aReference(r, t), aDraft(s)];
    const statements = stores.open();
    await statements.store(store, [reference, taken]);
    const refused = statements.store(store, [aTarget(t), aDraft(s, { result: { success: true } })]);
    await expect(refused).rejects.toMatchObject({ code: 'statement-conflict' });
    expect(await foundByKeysOf(statements, aTarget(t))).toEqual([]);
  });

  it('is not found by what was given up, nor when something else came in its place', async () => {
    const statements = stores.open();
    await statements.store(store, [aReference(r, t)]);
    let puts = 0;
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'PutItem' && (puts += 1) === 2) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, [aTarget(t)])).rejects.toMatchObject({ code: 'overloaded' });
    expect(await foundByKeysOf(statements, aTarget(t))).toEqual([]);
    await statements.store(store, [aDraft(t)]);
    expect(await foundByKeysOf(statements, aTarget(t))).toEqual([]);
    await expectFullyIndexed(statements, store, aReference(r, t).value, [aDraft(t).value]);
  });

  it('is found, though an earlier attempt to store it referred to something else', async () => {
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'PutItem') throw connectionLost();
      return send();
    });
    const [middle, target] = [aReference(s, t), aTarget(t)];
    await expect(failing.store(store, [aReference(r, t)])).rejects.toMatchObject({ code: 'overloaded' });
    const statements = stores.open();
    await statements.store(store, [aReference(r, s)]);
    await statements.store(store, [middle]);
    await statements.store(store, [target]);
    await expectFullyIndexed(stores.open(), store, aReference(r, s).value, [middle.value, target.value]);
  });
});

describe('an array of several transactions', () => {
  it('is found by references inside it, out of it and into it', async () => {
    const size = 250;
    const [waiting, outside] = [aReference(r, uuidOf(0x100)), aTarget(t)];
    const statements = stores.open();
    await statements.store(store, [waiting]);
    await statements.store(store, [outside]);
    const array = drafts(size, 0x100).map((draft, index) => {
      if (index === 0) return aReference(draft.id, uuidOf(0x100 + size - 1));
      if (index === size - 1) return aReference(draft.id, t);
      return draft;
    });
    await statements.store(store, array);
    const [head, last] = [array[0]?.value, array.at(-1)?.value];
    if (head === undefined || last === undefined) throw new Error('the array is empty');
    await expectFullyIndexed(stores.open(), store, waiting.value, [head, last, outside.value]);
    await expectFullyIndexed(stores.open(), store, head, [last, outside.value]);
  });
});
