import { randomUUID } from 'node:crypto';
import { DEFAULT_STORE } from '#access/store.ts';
import { bodiesOf } from '#bench/cpu/statements-function.ts';
import { checkSizes } from '#functions/statements/check-sizes.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import { ArrayWrite } from '#storage/dynamodb/statements/array-write.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { encodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { stampAll } from '#storage/dynamodb/statements/pending-statement.ts';
import { withPlaces } from '#storage/dynamodb/statements/places.ts';
import { PositionSource } from '#storage/position.ts';
import { activitiesOf } from '#xapi/activity/activities-of.ts';
import { agentsOf } from '#xapi/agent/agents-of.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import { stampedText } from '#xapi/statement/stamp.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import { validateStatements } from '#xapi/statement/validate-statement.ts';

const AUTHORITY = { objectType: 'Agent', account: { homePage: 'https://lrs.example.com', name: 'bench' } } as const;

/**
 * What is done to an array that is stored, in order; together nearly all that the handler does.
 *
 * @param body JSON
 * @param client what learns of activities and agents asks it
 */
export function storePhases(body: string, client: DynamoDb): Readonly<Record<string, () => unknown>> {
  const bytes = Buffer.from(body);
  const { value, exact } = parseJson(body);
  const statements = validateStatements(value, '1.0.3');
  const exactly = Array.isArray(exact) ? statements : [];
  const draft = () =>
    statements.map((statement, index) =>
      draftStatement(statement, exactly[index] ?? statement, {
        id: statement.id ?? randomUUID(),
        authority: AUTHORITY,
        version: '1.0.3',
      }),
    );
  const drafts = draft();
  const keyspace = new Keyspace(DEFAULT_STORE, 1);
  const pending = stampAll(drafts, new PositionSource(Date.now, 0).take(drafts.length));
  const texts = drafts.map((one) => stampedText(one, 0));
  const groups = new ArrayWrite(keyspace, pending).groups(new Map());
  const bodies = bodiesOf(client);
  const [activities, persons] = [new DynamoDbActivityStore(bodies), new DynamoDbPersonStore(bodies)];
  return {
    'decode and parse': () => parseJson(decodeUtf8(bytes)),
    validate: () => validateStatements(value, '1.0.3'),
    'complete and measure': () => checkSizes(draft(), [], String),
    'stamp and write as JSON': () => drafts.map((one) => stampedText(one, 0)),
    'find keys': () => drafts.map((one) => statementKeys(one.value)),
    compress: () => texts.map(encodeBody),
    'choose indexes and packs': () => withPlaces(pending),
    'make entries': () => entriesOf(keyspace, pending),
    'make items': () => groups.map(({ puts }) => puts()),
    'make packs': () => new ArrayWrite(keyspace, pending).groups(new Map()).map(({ packs }) => packs()),
    'learn activities and agents': async () => {
      await activities.learn(
        DEFAULT_STORE,
        drafts.flatMap(({ value }) => activitiesOf(value)),
      );
      await persons.learn(
        DEFAULT_STORE,
        drafts.flatMap(({ value }) => agentsOf(value)),
      );
    },
  };
}
