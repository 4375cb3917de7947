import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Job, JobRef } from '#access/job.ts';
import { keyAttributes } from '#storage/dynamodb/attributes.ts';
import { jobKey, newJobItems, openJobItem } from '#storage/dynamodb/jobs/job-item.ts';

/** What makes a job, and has it looked for until it is over. */
export function additionsOfJob(table: string, added: Job): readonly TransactWriteItem[] {
  const { job, open } = newJobItems(added);
  return [
    { Put: { TableName: table, Item: job, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { TableName: table, Item: open } },
  ];
}

/** Whoever is at it learns of it when it saves; then its files are deleted. @param time milliseconds since 1970 */
export function cancellationsOfJob(table: string, ref: JobRef, time: number): readonly TransactWriteItem[] {
  return [
    {
      Update: {
        TableName: table,
        Key: keyAttributes(jobKey(ref)),
        UpdateExpression: 'SET #state = :cancelled, #ended = :time REMOVE #ttl, #failure',
        ConditionExpression: 'attribute_exists(pk) AND #state <> :cancelled',
        ExpressionAttributeNames: { '#state': 'state', '#ended': 'ended', '#ttl': 'ttl', '#failure': 'failure' },
        ExpressionAttributeValues: { ':cancelled': { S: 'cancelled' }, ':time': { N: String(time) } },
      },
    },
    { Put: { TableName: table, Item: openJobItem(ref) } },
  ];
}
