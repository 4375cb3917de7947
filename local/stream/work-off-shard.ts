import { deliver } from '#local/stream/deliver.ts';
import { matches, type Pattern } from '#local/stream/event-filter.ts';
import { pause, retry } from '#local/stream/pause.ts';
import { type BatchLimits, RecordQueue } from '#local/stream/record-queue.ts';
import type { Page } from '#local/stream/shard-source.ts';
import { callStreamFunction, type StreamFunction } from '#local/stream/stream-function.ts';
import { type StreamRecord, toStreamRecord } from '#local/stream/stream-record.ts';

/** Records in a page, from which on the next is read at once, because there is likely more. */
const MANY = 100;

const NO_PAGE: Page = { records: [], ended: false };

/** How streams are brought to a function, as an event source mapping says it. */
export interface EventSourceMapping {
  readonly streamFunction: StreamFunction;
  readonly filter: Pattern;
  readonly limits: BatchLimits;
  /** Milliseconds between looking for records while there are few. */
  readonly pollInterval: number;
}

export interface ShardWork {
  readonly mapping: EventSourceMapping;
  readonly stream: string;
  readonly shard: string;
  /** What comes next, or an error. */
  readonly read: () => Promise<Page>;
  /** Told the sequence number of the last record that is done; `called`: the function was called with it. */
  readonly onProgress: (after: string, called: boolean) => Promise<void>;
  /** Ends it after the call in flight. */
  readonly signal: AbortSignal;
}

/** Reads a shard and calls the function with its records, batch by batch, until the shard is over or the signal comes. */
export async function workOffShard(work: ShardWork): Promise<void> {
  const { mapping, signal } = work;
  const queue = new RecordQueue(mapping.limits);
  let ended = false;
  while (!signal.aborted && !(ended && queue.isEmpty)) {
    const page: Page = ended || queue.isFull ? NO_PAGE : await readInto(queue, work);
    ended ||= page.ended;
    const due = queue.dueIn(performance.now());
    if (!queue.isEmpty && (ended || due === 0)) {
      await bring(queue.take(performance.now()), work);
    } else if (page.records.length < MANY) {
      await pause(Math.min(mapping.pollInterval, due), signal);
    }
  }
}

async function readInto(queue: RecordQueue, work: ShardWork): Promise<Page> {
  const { mapping, stream, shard, read, signal, onProgress } = work;
  const page = (await retry(`Reading the shard ${shard}`, read, signal)) ?? NO_PAGE;
  const wanted = page.records.filter((record) => matches(record, mapping.filter));
  if (wanted.length > 0)
    queue.add(
      wanted.map((record) => toStreamRecord(record, stream)),
      performance.now(),
    );
  const last = page.records.at(-1)?.dynamodb?.SequenceNumber;
  if (queue.isEmpty && last !== undefined) await onProgress(last, false);
  return page;
}

function bring(records: readonly StreamRecord[], { mapping, shard, onProgress, signal }: ShardWork): Promise<void> {
  const { streamFunction } = mapping;
  return deliver(records, {
    call: (some) => callStreamFunction(streamFunction, some),
    onDone: (done) => onProgress(records[done - 1]?.sequence ?? '', true),
    onGivenUp: ({ sequence, time }) => {
      const when = new Date(time).toISOString();
      console.error(
        `The function ${streamFunction.name} failed too often on the stream record ${sequence}, written about ${when} ` +
          `(shard ${shard}): it does not get it any more.`,
      );
    },
    signal,
  });
}
