import { expect, it } from 'vitest';
import { DynamoDbEventNotes } from '#storage/dynamodb/event-notes.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';
import type { NotedEvent } from '#storage/event-notes.ts';
import { freshTables } from '#test/support/engine.ts';
import { interceptedClient } from '#test/support/faulty-client.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');

function aNote(place: number): NotedEvent {
  const event = {
    store: 'a',
    time: NOON,
    action: 'statement-voided',
    subject: `voided-${place}`,
    result: 'done',
  } as const;
  return { id: String(place).padStart(3, '0'), event };
}

const placesFrom = (begin: number, end: number): readonly number[] => {
  return Array.from({ length: end - begin }, (_, index) => begin + index);
};

it('lists what is not sealed yet page by page, in queries that do not shrink with what is missing', async () => {
  const { client, endpoint, names } = await freshTables();
  const options = { client, tableName: names.registry, retentionDays: 400, now: () => NOON };
  const notes = new DynamoDbEventNotes(client, names.registry);
  await Promise.all(placesFrom(0, 130).map((place) => notes.note(aNote(place))));
  const sealed = [...placesFrom(20, 35), ...placesFrom(60, 130)].map(aNote);
  const sealings = sealed.map((from) => ({ from, record: from.event }));
  const sealable = new DynamoDbSealableEvents(options);
  for (const half of [sealings.slice(0, 43), sealings.slice(43)]) await sealable.seal('a', half);

  let queries = 0;
  const counted = interceptedClient(endpoint, (_, send) => {
    queries += 1;
    return send();
  });
  const listing = new DynamoDbSealableEvents({ ...options, client: counted });
  const first = await listing.listNoted(NOON, { limit: 30 });
  expect(first.items).toEqual([...placesFrom(0, 20), ...placesFrom(35, 45)].map(aNote));
  expect(queries).toBe(2);
  const { items, next } = await listing.listNoted(NOON, { limit: 30, ...(first.next && { after: first.next }) });
  expect(items).toEqual(placesFrom(45, 60).map(aNote));
  expect(next).toBeUndefined();
  // Those that are left, 85 of them, in three.
  expect(queries).toBe(5);
});
