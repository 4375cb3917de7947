import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { LOCAL_TABLES } from '#local/function-variables.ts';
import { startLocalLrs } from '#local/lrs.ts';
import { readSettings } from '#local/settings.ts';
import { ONLY_STATEMENTS } from '#local/stream/event-filter.ts';
import { startStreamPump } from '#local/stream/stream-pump.ts';
import { StreamsService } from '#local/stream/streams-service.ts';

/*
 * Run as a process: an LRS with one more pump, whose function takes down what it is called with, a line a record, in
 * `recorded.jsonl` of the data folder. It takes its time, and in one of eight calls fails on some record.
 */

const settings = readSettings(process.env, process.cwd());
await startLocalLrs(settings);
const place = { region: process.env['AWS_REGION'] ?? '', endpoint: process.env['DYNAMODB_ENDPOINT'] ?? '' };
startStreamPump({
  dynamoDb: new DynamoDBClient(place),
  streams: new StreamsService(place),
  table: LOCAL_TABLES.statements,
  checkpointFile: join(settings.dataFolder, 'recorded.json'),
  mapping: {
    streamFunction: { name: 'recorder', handler: record },
    filter: ONLY_STATEMENTS,
    limits: { size: 50, bytes: 6 * 1024 * 1024, window: 50 },
    pollInterval: 20,
  },
});
process.stdout.write('Ready in no time.\n');

async function record(event: string): Promise<DynamoDBBatchResponse> {
  const { Records }: DynamoDBStreamEvent = JSON.parse(event);
  await sleep(randomInt(150));
  const failure = randomInt(8) === 0 ? randomInt(Records.length) : Records.length;
  const lines = Records.slice(0, failure).map(({ eventName, dynamodb }) => {
    const key = dynamodb?.Keys?.['pk']?.S;
    return `${JSON.stringify({ key, eventName, sequence: Number(dynamodb?.SequenceNumber) })}\n`;
  });
  appendFileSync(join(settings.dataFolder, 'recorded.jsonl'), lines.join(''));
  const failed = Records[failure]?.dynamodb?.SequenceNumber;
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
}
