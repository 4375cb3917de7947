import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import type { Activity, Agent } from '#xapi/statement/statement.ts';
import type { Installation, RecordedFunction, Scenario } from '#test/support/recording-function.ts';
import { clientOf } from '#test/support/recording-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

/** Together they are beyond what travels in an item. */
const NAMES = 40;
const NAME_LENGTH = 500;

export function bodiesOf({ tables, blobs }: Installation): BodyItemsContext {
  return { client: tables.client, table: tables.names.documents, blobs, newId: randomUUID };
}

/** An agent under many new names. */
function aliases(mbox: string): readonly Agent[] {
  return Array.from({ length: NAMES }, () => anAgent(mbox, { name: randomUUID().padEnd(NAME_LENGTH, '.') }));
}

/** An activity with a new extension. */
function anExtended(name: string, length: number): Activity {
  return anActivity(name, { extensions: { [`http://example.com/${randomUUID()}`]: 'x'.repeat(length) } });
}

/** Past every recorder: makes objects that are being read disappear. */
function learning(installation: Installation, name: string): () => Promise<void> {
  const bodies = bodiesOf(installation);
  return async () => {
    await new DynamoDbActivityStore(bodies).learn(DEFAULT_STORE, [anExtended(name, 20_000)]);
    await new DynamoDbPersonStore(bodies).learn(DEFAULT_STORE, aliases(name));
  };
}

const isReadOf =
  (folder: string): Parameters<RecordedFunction['recorder']['meanwhile']>[0] =>
  ({ action, resource }) =>
    action === 's3:GetObject' && resource.includes(`/${folder}/`);

const isWriteOf =
  (kind: string): Parameters<RecordedFunction['recorder']['meanwhile']>[0] =>
  ({ action, leadingKeys: [key = ''] }) =>
    action === 'dynamodb:PutItem' && key.includes(`|${kind}|`);

/** The answers to what is unknown, small, large, and replaced while it is read. */
export function knowledgeScenario(
  folder: string,
  queryFor: (name: string) => Readonly<Record<string, string>>,
): Scenario {
  return async ({ send, recorder }, installation) => {
    const get = async (name: string): Promise<number | undefined> => (await send({ query: queryFor(name) })).statusCode;
    expect(await get('unheard-of')).toBe(200);
    await new DynamoDbActivityStore(bodiesOf(installation)).learn(DEFAULT_STORE, [anExtended('heard-of', 10)]);
    await new DynamoDbPersonStore(bodiesOf(installation)).learn(DEFAULT_STORE, [anAgent('heard-of', { name: 'A' })]);
    expect(await get('heard-of')).toBe(200);
    const learnMore = learning(installation, `well-known-${folder}`);
    await learnMore();
    recorder.meanwhile(isReadOf(folder), learnMore);
    expect(await get(`well-known-${folder}`)).toBe(200);
  };
}

/** What statements say of activities and agents: little and much, changed, and changed by others at the same time. */
export const learnt: Scenario = async (recorded, installation) => {
  const { post } = clientOf(recorded);
  const say = async (name: string): Promise<void> => {
    const object = anExtended(name, 20_000);
    expect(await post(aliases(name).map((actor) => aStatement({ actor, object })))).toBe(200);
  };
  expect(await post(aStatement({ actor: anAgent('few', { name: 'Few' }), object: anExtended('few', 10) }))).toBe(200);
  const races = [isReadOf('activities'), isReadOf('persons'), isWriteOf('activities'), isWriteOf('persons')];
  for (const [index, isRaced] of races.entries()) {
    const name = `learnt-${index}`;
    await say(name);
    recorded.recorder.meanwhile(isRaced, learning(installation, name));
    await say(name);
  }
};
