import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { isOver, type Job, type JobProgress, type JobRef } from '#access/job.ts';
import { type Item, keyAttributes, numberOf } from '#storage/dynamodb/attributes.ts';
import { jobKey, jobOf, jobRefOf, OPEN_JOBS, openJobKey } from '#storage/dynamodb/jobs/job-item.ts';
import { DynamoDbJobReader, type JobStoreOptions } from '#storage/dynamodb/jobs/job-reader.ts';
import { readPage } from '#storage/dynamodb/registry/read-page.ts';
import { ttlOf } from '#storage/dynamodb/registry/registry-item.ts';
import {
  cancellationReasons,
  isConditionFailed,
  isConditionReason,
  throwDomainError,
} from '#storage/dynamodb/dynamodb-errors.ts';
import type { JobEnd, JobStore, Lease, TakenJob } from '#storage/job-store.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** Milliseconds from the end of a job on that it is known. */
const KEPT = 30 * 86_400_000;

const LEASE_NAMES = { '#lease': 'lease', '#ends': 'leaseEnds' };

/** Jobs in the Registry table, each with an item that lists it as long as something is left to do. */
export class DynamoDbJobStore extends DynamoDbJobReader implements JobStore {
  readonly #place: JobStoreOptions;

  constructor(options: JobStoreOptions) {
    super(options);
    this.#place = options;
  }

  async listOpen(page: PageRequest): Promise<Page<JobRef>> {
    const { items, ...next } = await readPage(this.#place, { partition: OPEN_JOBS, isSortKey: () => true }, page);
    return { items: items.map(jobRefOf), ...next };
  }

  async take(ref: JobRef, { worker, ends }: Lease, now: number): Promise<TakenJob | undefined> {
    const job = await this.get(ref);
    // Of one that was cancelled the files may still be there.
    if (job === undefined || (isOver(job) && job.state !== 'cancelled')) return undefined;
    const item = await this.#update(ref, {
      UpdateExpression: 'SET #lease = :worker, #ends = :ends, #state = :next ADD #attempts :one',
      ConditionExpression: '#state = :seen AND (attribute_not_exists(#lease) OR #ends <= :now OR #lease = :worker)',
      ExpressionAttributeNames: { ...LEASE_NAMES, '#state': 'state', '#attempts': 'attempts' },
      ExpressionAttributeValues: {
        ':worker': { S: worker },
        ':ends': { N: String(ends) },
        ':now': { N: String(now) },
        ':seen': { S: job.state },
        ':next': { S: job.state === 'queued' ? 'running' : job.state },
        ':one': { N: '1' },
      },
    });
    return item && { job: jobOf(item), attempts: numberOf(item, 'attempts') };
  }

  async save(ref: JobRef, { worker, ends }: Lease, progress?: JobProgress): Promise<Job | undefined> {
    const values = { ':worker': { S: worker }, ':ends': { N: String(ends) } };
    const item = await this.#update(ref, {
      ConditionExpression: '#lease = :worker',
      ...(progress === undefined
        ? {
            UpdateExpression: 'SET #ends = :ends',
            ExpressionAttributeNames: LEASE_NAMES,
            ExpressionAttributeValues: values,
          }
        : {
            UpdateExpression: 'SET #ends = :ends, #progress = :progress, #attempts = :none',
            ExpressionAttributeNames: { ...LEASE_NAMES, '#progress': 'progress', '#attempts': 'attempts' },
            ExpressionAttributeValues: {
              ...values,
              ':progress': { S: JSON.stringify(progress) },
              ':none': { N: '0' },
            },
          }),
    });
    return item && jobOf(item);
  }

  async release(ref: JobRef, worker: string): Promise<void> {
    await this.#update(ref, {
      UpdateExpression: 'REMOVE #lease, #ends',
      ConditionExpression: '#lease = :worker',
      ExpressionAttributeNames: LEASE_NAMES,
      ExpressionAttributeValues: { ':worker': { S: worker } },
    });
  }

  async end(ref: JobRef, worker: string, { from, to, progress, ended, failure }: JobEnd): Promise<boolean> {
    const { client, tableName } = this.#place;
    const names = ['state', 'progress', 'ended', 'ttl', ...(failure === undefined ? [] : ['failure'])];
    try {
      await client.call('TransactWriteItems', {
        TransactItems: [
          {
            Update: {
              TableName: tableName,
              Key: keyAttributes(jobKey(ref)),
              UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE #lease, #ends`,
              ConditionExpression: '#lease = :worker AND #state = :from',
              ExpressionAttributeNames: {
                ...LEASE_NAMES,
                ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
              },
              ExpressionAttributeValues: {
                ':worker': { S: worker },
                ':from': { S: from },
                ':state': { S: to },
                ':progress': { S: JSON.stringify(progress) },
                ':ended': { N: String(ended) },
                ':ttl': { N: String(ttlOf(ended + KEPT)) },
                ...(failure !== undefined && { ':failure': { S: failure } }),
              },
            },
          },
          { Delete: { TableName: tableName, Key: keyAttributes(openJobKey(ref)) } },
        ],
      });
      return true;
    } catch (error) {
      const [reason] = cancellationReasons(error) ?? [];
      if (isConditionReason(reason)) return false;
      return throwDomainError(error);
    }
  }

  /** @returns the item as it is then; undefined when the condition does not hold. */
  async #update(
    ref: JobRef,
    change: Pick<
      UpdateItemCommandInput,
      'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<Item | undefined> {
    const { client, tableName } = this.#place;
    try {
      const { Attributes: item } = await client.call('UpdateItem', {
        TableName: tableName,
        Key: keyAttributes(jobKey(ref)),
        ...change,
        ReturnValues: 'ALL_NEW',
      });
      return item;
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      return throwDomainError(error);
    }
  }
}
