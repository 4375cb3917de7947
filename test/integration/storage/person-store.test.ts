import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Agent } from '#xapi/statement/statement.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import { bodyItemsContext, type TestContext } from '#test/support/body-items-context.ts';

let context: TestContext;
let store: DynamoDbPersonStore;
let mbox: string;
let people = 0;

const called = (name: string): Agent => ({ mbox, name });

const namesKnown = (): Promise<readonly string[]> => store.names('default', `mbox|${mbox}`);

beforeAll(async () => {
  context = await bodyItemsContext();
});

beforeEach(() => {
  people += 1;
  mbox = `mailto:person-${people}@example.org`;
  store = new DynamoDbPersonStore(context);
  context.requests();
});

describe('the names of a person', () => {
  it('are kept in the order first seen', async () => {
    await store.learn('default', [called('Zoe'), called('Ann')]);
    await store.learn('default', [called('Ann'), called('\uD800'), called('Zoe')]);
    expect(await namesKnown()).toEqual(['Zoe', 'Ann', '\uD800']);
  });

  it('are none for an agent never seen with a name', async () => {
    await store.learn('default', [{ mbox }, called(''), { name: 'no identifier' }]);
    expect(context.requests()).toBe(0);
    expect(await namesKnown()).toEqual([]);
  });

  it('are of one identifier in one store', async () => {
    await store.learn('other', [called('Ann')]);
    await store.learn('default', [{ openid: mbox, name: 'Ann' }]);
    expect(await namesKnown()).toEqual([]);
  });

  it('are at most 100 of at most 500 characters', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `name ${n}`);
    await store.learn('default', ['x'.repeat(501), ...names].map(called));
    expect(await namesKnown()).toEqual(names.slice(0, 100));
  });

  it('lose none when many writers learn at the same moment', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `name ${n}`);
    await Promise.all(names.map((name) => new DynamoDbPersonStore(context).learn('default', [called(name)])));
    expect([...(await namesKnown())].sort()).toEqual(names.sort());
  });

  it('cost no request once this process has learnt them', async () => {
    await store.learn('default', [called('Ann')]);
    context.requests();
    await store.learn('default', [called('Ann')]);
    expect(context.requests()).toBe(0);
  });
});
