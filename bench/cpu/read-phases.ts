import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { DEFAULT_STORE } from '#access/store.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import { type BodyText, decodeBody, openBodies } from '#storage/dynamodb/statements/body-codec.ts';
import { sizeOf } from '#storage/dynamodb/statements/entry-item.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { MergedCandidates } from '#storage/dynamodb/statements/merged-candidates.ts';
import { positionRange } from '#storage/dynamodb/statements/position-range.ts';
import { QueryPlanner } from '#storage/dynamodb/statements/query-plan.ts';
import { SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

type Phases = Readonly<Record<string, () => unknown>>;

const KEYSPACE = new Keyspace(DEFAULT_STORE, 1);
const TABLE = 'statements';
const NEWEST_FIRST = positionRange({ since: undefined, until: undefined, ascending: false, after: undefined });
const NO_BYTES = new Uint8Array();

/** What is done to a page of statements in the format `exact` that is all of a pack, the newest by time. */
export async function packPhases(client: DynamoDb): Promise<Phases> {
  const [partition = ''] = KEYSPACE.packPartitions('time', '');
  const [pack = {}] = await newest(client, partition, { Limit: 1 });
  const bodies = pack['z']?.B ?? NO_BYTES;
  const places = Array.from({ length: sizeOf(pack) }, (_, place) => place);
  const textAt = openBodies(bodies, places.length);
  return {
    'find in order': () => findInOrder(client, places.length),
    decompress: () => openBodies(bodies, places.length),
    'make texts': () => places.map(textAt),
    ...answerPhases(places.map(textAt)),
  };
}

/** The same for one that comes from rows, each with its body. */
export async function rowPhases(client: DynamoDb, statements: number): Promise<Phases> {
  const [partition = ''] = KEYSPACE.indexPartitions('time', '');
  const rows = await newest(client, partition, { IndexName: 'time', Limit: statements });
  const bodies = rows.map((row) => row['b']?.B ?? NO_BYTES);
  return {
    'find in order': () => findInOrder(client, statements),
    'decompress, make texts': () => bodies.map(decodeBody),
    ...answerPhases(bodies.map(decodeBody)),
  };
}

/** The statements of a page, and that behind it. */
async function findInOrder(client: DynamoDb, statements: number): Promise<unknown> {
  const table = new StatementsTable(client, TABLE);
  const { sources } = await new QueryPlanner(table, new KnownAuthorities(table)).plan(KEYSPACE, {}, {});
  const cursors = sources.map((source) => new SourceCursor(source, NEWEST_FIRST, statements));
  return new MergedCandidates(cursors, NEWEST_FIRST.ascending).take(statements + 1);
}

function answerPhases(bodies: readonly BodyText[]): Phases {
  return { join: () => bodies.map(({ text }) => text).join() };
}

async function newest(
  client: DynamoDb,
  partition: string,
  query: Pick<QueryCommandInput, 'IndexName' | 'Limit'>,
): Promise<readonly Item[]> {
  const { Items = [] } = await client.call('Query', {
    TableName: TABLE,
    KeyConditionExpression: 'partition = :partition',
    ExpressionAttributeValues: { ':partition': { S: partition } },
    ScanIndexForward: false,
    ...query,
  });
  return Items;
}
