import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toStreamRecord } from '#local/stream/stream-record.ts';
import { encodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { withPlaces } from '#storage/dynamodb/statements/places.ts';
import { ITEM_BODY_LIMIT, statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import { toWire } from '#storage/dynamodb/wire-format.ts';
import { PositionSource } from '#storage/position.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';

/** Bytes that Lambda hands to a function at once. */
const PAYLOAD_LIMIT = 6 * 1024 * 1024;
/** What else stands in an event. */
const ENVELOPE = 64;
const KEYSPACE = new Keyspace('default', 1);
const STREAM = 'arn:aws:dynamodb:eu-central-1:123456789012:table/statements/stream/2030-01-01T00:00:00.000';

/** An event that is a file, as Lambda would deliver it. */
export interface Batch {
  readonly file: string;
  readonly statements: number;
  /** Bytes of their JSON. */
  readonly rawBytes: number;
  readonly bytes: number;
}

export interface BatchSource {
  /** @param stored milliseconds since 1970 */
  readonly make: (stored: number) => Statement;
  /** Milliseconds since 1970 by a clock that the statements are stored by. */
  readonly clock: { now: number };
  /** Milliseconds from one statement to the next. */
  readonly pace: number;
  readonly positions: PositionSource;
}

export function batchSource(make: BatchSource['make'], start: number, pace: number): BatchSource {
  const clock = { now: start };
  return { make, clock, pace, positions: new PositionSource(() => clock.now, 1_234_567) };
}

/**
 * Writes an event of so many statements, or of as many as Lambda delivers at once, with the images that DynamoDB makes of
 * their items.
 */
export async function writeBatch(source: BatchSource, folder: string, name: string, limit: number): Promise<Batch> {
  const records: string[] = [];
  let [bytes, rawBytes] = [ENVELOPE, 0];
  while (records.length < limit) {
    source.clock.now += source.pace;
    const { json, text } = recordOf(source, String(records.length + 1).padStart(21, '0'));
    if (bytes + json.length + 1 > PAYLOAD_LIMIT) break;
    records.push(json);
    bytes += json.length + 1;
    rawBytes += Buffer.byteLength(text);
  }
  const file = join(folder, name);
  await writeFile(file, `{"Records":[${records.join(',')}]}`);
  return { file, statements: records.length, rawBytes, bytes };
}

function recordOf(
  { make, clock, positions }: BatchSource,
  sequence: string,
): { readonly json: string; readonly text: string } {
  const {
    stored,
    positions: [position = ''],
  } = positions.take(1);
  const statement = make(stored);
  const text = JSON.stringify(statement);
  const alone = {
    id: statement.id ?? '',
    at: position,
    keys: statementKeys(statement),
    length: text.length,
    body: bodyOf(text),
  };
  const [item = {}] = withPlaces([alone]).map((placed) => {
    return statementItem(KEYSPACE, { ...placed, body: { inline: placed.body } });
  });
  const { pk = { S: '' }, sk = { S: '' } } = item;
  const record = {
    eventID: sequence,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-central-1',
    dynamodb: {
      ApproximateCreationDateTime: clock.now / 1_000,
      Keys: { pk, sk },
      NewImage: item,
      SequenceNumber: sequence,
      SizeBytes: text.length,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
  const { json } = toStreamRecord(JSON.parse(toWire(record)), STREAM);
  return { json, text };
}

function bodyOf(text: string): Uint8Array {
  const body = encodeBody(text);
  if (body.byteLength > ITEM_BODY_LIMIT) throw new Error('The body of a statement has no place in an item.');
  return body;
}
