import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { aDraft, aVoiding, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { anActivity } from '#test/support/statements.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

const [a, b, c] = [uuidOf(1), uuidOf(2), uuidOf(3)];
/** Beyond an item, also when it is compressed. */
const aLargeText = (): string => randomBytes(450_000).toString('hex');

function aLarge(id: string, overrides: Partial<Statement> = {}): StatementDraft {
  return aDraft(id, { result: { response: aLargeText() }, ...overrides });
}

async function expectStored({ id, value }: StatementDraft): Promise<void> {
  const { text = '{}' } = (await stores.open().get(store, id)) ?? {};
  expect(JSON.parse(text)).toMatchObject({ result: value.result });
}

describe('of a statement with a large body, there is one object', () => {
  it('when it is sent again', async () => {
    const large = aLarge(a);
    expect(await stores.open().store(store, [large])).toEqual({ results: ['stored'] });
    const objects = await stores.objectsOf(store);
    expect(objects).toHaveLength(1);
    expect(await stores.open().store(store, [large, aDraft(b)])).toEqual({ results: ['replayed', 'stored'] });
    expect(await stores.open().store(store, [large])).toEqual({ results: ['replayed'] });
    expect(await stores.objectsOf(store)).toEqual(objects);
    await expectStored(large);
  });

  it('when another one is sent by its id, or one beside what is refused', async () => {
    const large = aLarge(a);
    await stores.open().store(store, [large, aDraft(b)]);
    const objects = await stores.objectsOf(store);
    const different = aDraft(b, { result: { success: true } });
    for (const array of [[aLarge(a)], [aLarge(c), different], [different, aLarge(c)]]) {
      expect(await outcomeOf(stores.open().store(store, array))).toBe('statement-conflict');
    }
    expect(await stores.objectsOf(store)).toEqual(objects);
    await expectStored(large);
  });

  it('when it is stamped anew, because what comes before it took too long', async () => {
    let batches = 0;
    const slow = stores.openIntercepted(
      async (call, send) => {
        if (call.name === 'BatchWriteItem' && (batches += 1) === 1) await sleep(1_600);
        return send();
      },
      { commitBound: 3_000 },
    );
    const parent = Array.from({ length: 5 }, (_, index) => anActivity(`parent-${index}`));
    const large = aLarge(a, { context: { contextActivities: { parent } } });
    await slow.store(store, [large]);
    expect(batches).toBeGreaterThan(1);
    expect(await stores.objectsOf(store)).toHaveLength(1);
    await expectStored(large);
  });
});

it('puts no object for what is refused', async () => {
  await stores.open().store(store, [aDraft(a), aVoiding(b, a)]);
  const large = { result: { response: aLargeText() } };
  const { value } = aVoiding(c, b);
  expect(await outcomeOf(stores.open().store(store, [aDraft(c, { ...value, ...large })]))).toBe('voiding-invalid');
  expect(await stores.objectsOf(store)).toEqual([]);
});

describe('a statement with a large body that many send at once', () => {
  it('is stored once, and is there', async () => {
    const large = aLarge(a);
    const sent = Array.from({ length: 8 }, (_, index) => [large, aDraft(uuidOf(10 + index))]);
    const outcomes = await Promise.all(sent.map((array) => stores.open().store(store, array)));
    expect(outcomes.filter(({ results: [first] }) => first === 'stored')).toHaveLength(1);
    await expectStored(large);
  });

  it('is one of them, and is there, when all are different', async () => {
    const sent = Array.from({ length: 8 }, () => aLarge(a));
    const outcomes = await Promise.all(sent.map((large) => outcomeOf(stores.open().store(store, [large]))));
    const stored = sent.filter((_, index) => outcomes[index] === 'stored');
    expect(stored).toHaveLength(1);
    for (const large of stored) await expectStored(large);
  });
});
