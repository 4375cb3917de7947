import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Activity, ActivityDefinition } from '#xapi/statement/statement.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { bodyItemsContext, type TestContext } from '#test/support/body-items-context.ts';
import { concerns, connectionLost } from '#test/support/faulty-client.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { mergeDefinitions } from '#xapi/activity/merge-definition.ts';

/** Few different ones, which are said again, and taken back. */
const definitions: fc.Arbitrary<ActivityDefinition> = fc.record(
  {
    name: fc.dictionary(fc.constantFrom('en', 'de'), fc.constantFrom('One', 'Two'), { minKeys: 1 }),
    type: fc.constantFrom('https://type.example/1', 'https://type.example/2'),
  },
  { requiredKeys: [] },
);

/** What comes in one request after the other. */
const histories = fc.array(fc.array(definitions, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

let context: TestContext;
let store: DynamoDbActivityStore;
let id: string;
let ids = 0;

const named = (language: string, text = language): Activity => ({ id, definition: { name: { [language]: text } } });

const many = (count: number): readonly Activity[] => {
  return Array.from({ length: count }, (_, n) => ({ ...named('en'), id: `${id}/${n}` }));
};

const definitionKnown = async (): Promise<ActivityDefinition | undefined> =>
  (await store.get('default', id))?.definition;

beforeAll(async () => {
  context = await bodyItemsContext();
});

beforeEach(() => {
  ids += 1;
  id = `https://course.example/${ids}`;
  store = new DynamoDbActivityStore(context);
  context.requests();
});

describe('what is known of an activity', () => {
  it('is nothing before it was seen with a definition', async () => {
    await store.learn('default', [{ id }]);
    expect(context.requests()).toBe(0);
    expect(await store.get('default', id)).toBeUndefined();
  });

  it('is merged from every definition seen', async () => {
    await store.learn('default', [named('en')]);
    await store.learn('default', [named('de'), { id, definition: { type: 'https://type.example' } }]);
    expect(await store.get('default', id)).toEqual({
      objectType: 'Activity',
      id,
      definition: { name: { en: 'en', de: 'de' }, type: 'https://type.example' },
    });
  });

  it('is of one store', async () => {
    await store.learn('other', [named('en')]);
    expect(await store.get('default', id)).toBeUndefined();
  });

  it('keeps what many writers learn at the same moment', async () => {
    const languages = Array.from({ length: 40 }, (_, n) => `x-${n}`);
    const other = new DynamoDbActivityStore(context);
    const learn = (language: string, n: number): Promise<void> =>
      (n % 2 === 0 ? store : other).learn('default', [named(language)]);
    await Promise.all(languages.map(learn));
    expect(Object.keys((await definitionKnown())?.name ?? {}).sort()).toEqual(languages.sort());
  });

  it('survives a lost answer', async () => {
    const forgetful = new DynamoDbActivityStore(context.forgetful());
    await forgetful.learn('default', [named('en')]);
    expect(await definitionKnown()).toEqual({ name: { en: 'en' } });
  });

  it('follows a name that is changed and changed back', async () => {
    for (const text of ['first', 'second', 'first']) await store.learn('default', [named('en', text)]);
    expect(await definitionKnown()).toEqual({ name: { en: 'first' } });
  });

  it.each([
    ['changed and changed back', [], ['first', 'second', 'first'], 'first'],
    ['changed, and changed back to what was known before', ['first'], ['second', 'first'], 'first'],
    ['changed by two, and the first says it again later', [], ['first', 'second'], 'second'],
    ['what it was, though one said otherwise before', ['second'], ['first', 'second'], 'second'],
  ])('is what the last of an array says: %s', async (_, before, array, last) => {
    for (const text of before) await store.learn('default', [named('en', text)]);
    await store.learn(
      'default',
      array.map((text) => named('en', text)),
    );
    expect(await definitionKnown()).toEqual({ name: { en: last } });
    for (const text of ['first', 'second', 'first']) {
      await store.learn('default', [named('en', text)]);
      expect(await definitionKnown()).toEqual({ name: { en: text } });
    }
  });

  it('is what all that was said gives, one after the other, however it came together', async () => {
    let runs = 0;
    const property = fc.asyncProperty(histories, async (history) => {
      runs += 1;
      const subject = `${id}/${runs}`;
      let expected: ActivityDefinition | undefined;
      for (const said of history) {
        const [first = {}, ...others] = expected === undefined ? said : [expected, ...said];
        expected = mergeDefinitions(first, others);
        await store.learn(
          'default',
          said.map((definition) => ({ id: subject, definition })),
        );
        expect((await store.get('default', subject))?.definition).toEqual(expected);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it.each([
    ['before a write was answered', 'PutItem', []],
    ['before a read was answered that found nothing new', 'BatchGetItem', ['first']],
  ])('follows a name that is changed %s, and changed back', async (_, slowest, before) => {
    for (const text of before) await store.learn('default', [named('en', text)]);
    const changed = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    let held = false;
    const line = context.asOnlyWriter(async ({ name }, send) => {
      const answer = await send();
      if (held || name !== slowest) return answer;
      held = true;
      sent.resolve();
      await changed.promise;
      return answer;
    });
    const { writes: __, ...single } = line;
    store = new DynamoDbActivityStore(single);
    const slow = store.learn('default', [named('en', 'first')]);
    await sent.promise;
    await store.learn('default', [named('en', 'second')]);
    changed.resolve();
    await slow;
    await store.learn('default', [named('en', 'first')]);
    expect(await definitionKnown()).toEqual({ name: { en: 'first' } });
  });

  it('follows a name that was changed without an answer, and is changed back', async () => {
    let lost = 0;
    const line = context.asOnlyWriter(async ({ name }, send) => {
      const answer = await send();
      if (name === 'PutItem' && (lost += 1) === 2) throw connectionLost();
      return answer;
    });
    const { writes: _, ...single } = line;
    store = new DynamoDbActivityStore(single);
    await store.learn('default', [named('en', 'first')]);
    expect(await outcomeOf(store.learn('default', [named('en', 'second')]))).toBe('overloaded');
    expect(await definitionKnown()).toEqual({ name: { en: 'second' } });
    await store.learn('default', [named('en', 'first')]);
    expect(await definitionKnown()).toEqual({ name: { en: 'first' } });
  });

  it('has any size up to 1 MiB', async () => {
    const long = (bytes: number): Activity => named('en', 'x'.repeat(bytes));
    await store.learn('default', [long(500_000)]);
    expect((await definitionKnown())?.name?.['en']?.length).toBe(500_000);
    expect(await context.objects()).toHaveLength(1);
    await store.learn('default', [long(1_100_000)]);
    expect((await definitionKnown())?.name?.['en']?.length).toBe(500_000);
    await store.learn('default', [named('en', 'short')]);
    expect(await definitionKnown()).toEqual({ name: { en: 'short' } });
    expect(await context.objects()).toEqual([]);
    await store.learn('default', [named('en'), named('de', 'x'.repeat(1_100_000))]);
    await store.learn('default', [named('en')]);
    expect(await definitionKnown()).toEqual({ name: { en: 'en' } });
  });

  it.each(['\uD800', 'a|b', 'x'.repeat(500_000)])('can be of an activity with any id', async (suffix) => {
    id += suffix;
    await store.learn('default', [named('en', suffix)]);
    expect(await store.get('default', id)).toEqual({ objectType: 'Activity', ...named('en', suffix) });
  });
});

describe('learning', () => {
  it('costs no request for what this process has learnt', async () => {
    await store.learn('default', [named('en')]);
    expect(context.requests()).toBe(2);
    await store.learn('default', [named('en')]);
    expect(context.requests()).toBe(0);
  });

  it('costs one read for what another process has learnt', async () => {
    await store.learn('default', [named('en'), named('de')]);
    context.requests();
    await new DynamoDbActivityStore(context).learn('default', [named('de'), named('en')]);
    expect(context.requests()).toBe(1);
  });

  it('goes on with the others where it fails with one', async () => {
    const [first, ...others] = many(40);
    const line = context.asOnlyWriter((call, send) => {
      return call.name === 'PutItem' && concerns(call, `${first?.id}"`) ? Promise.reject(connectionLost()) : send();
    });
    const { writes: _, ...single } = line;
    expect(await outcomeOf(new DynamoDbActivityStore(single).learn('default', many(40)))).toBe('overloaded');
    const known = await Promise.all(others.map((activity) => store.get('default', activity.id)));
    expect(known).toEqual(others.map((activity) => ({ objectType: 'Activity', ...activity })));
  });

  it('ends soon where it fails with all', async () => {
    let puts = 0;
    const { writes: _, ...single } = context.asOnlyWriter((call, send) => {
      if (call.name !== 'PutItem') return send();
      puts += 1;
      return Promise.reject(connectionLost());
    });
    expect(await outcomeOf(new DynamoDbActivityStore(single).learn('default', many(100)))).toBe('overloaded');
    expect(puts).toBeLessThan(32);
  });

  it('reads a whole array at once and writes each new activity', async () => {
    const activities = Array.from({ length: 100 }, (_, n) => ({ ...named('en'), id: `${id}/${n}` }));
    await store.learn('default', [...activities, ...activities]);
    expect(context.requests()).toBe(101);
    const known = await Promise.all(activities.map((activity) => store.get('default', activity.id)));
    expect(known).toEqual(activities.map((activity) => ({ objectType: 'Activity', ...activity })));
  });
});
