import { readFile } from 'node:fs/promises';
import { FolderObjects } from '#bench/lake/folder-objects.ts';
import { createHandler as createCompactor } from '#functions/lake-compactor/handler.ts';
import { createHandler as createWriter } from '#functions/lake-writer/handler.ts';
import { LakeWriter } from '#lake/lake-writer.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { createLogger } from '#runtime/logger.ts';
import { decodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { readStreamRecord } from '#storage/dynamodb/statements/stream-record.ts';
import type { StatementChange } from '#storage/statement-changes.ts';

/* A process of its own, whose memory is that of a function: `node child.ts <what> <folder of the lake> [<event> …]`. */

/** What a call took. Milliseconds. */
export interface Call {
  /** Of all threads, among them those of V8 that collect garbage and compile. */
  readonly cpu: number;
  /** Of the thread that JavaScript runs on: what passes where the other threads have a processor of their own. */
  readonly threadCpu: number;
  readonly time: number;
}

export interface ChildReport {
  readonly calls: readonly Call[];
  /** Bytes, at most. */
  readonly memory: number;
}

const IN_TIME = { getRemainingTimeInMillis: () => 900_000 };

function textOf({ body }: StatementChange): Promise<string> {
  if (body === undefined || 'blob' in body) throw new Error('Every body of the bench stands in its record.');
  return Promise.resolve(decodeBody(body.inline).text);
}

async function measured(work: () => Promise<void>): Promise<Call> {
  const [cpu, threadCpu, start] = [process.cpuUsage(), process.threadCpuUsage(), performance.now()];
  await work();
  return {
    cpu: milliseconds(process.cpuUsage(cpu)),
    threadCpu: milliseconds(process.threadCpuUsage(threadCpu)),
    time: performance.now() - start,
  };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

async function main([what = '', folder = '', ...events]: readonly string[]): Promise<ChildReport> {
  const objects = new FolderObjects(folder);
  const marks = new RemovalMarks(objects);
  const logger = createLogger('error', console.error, Date.now);
  const calls: Call[] = [];
  if (what === 'compact') {
    const compact = createCompactor({ logger, objects, marks, now: Date.now, grace: 0 });
    calls.push(await measured(() => compact({}, IN_TIME)));
  } else {
    const write = createWriter({
      logger,
      readRecord: readStreamRecord,
      changes: { isReal: () => Promise.resolve(true), textOf },
      writer: new LakeWriter({
        objects,
        secret: { get: () => Promise.resolve(Buffer.alloc(32, 7)) },
        languages: languagePreference(['en']),
      }),
      marks,
      compactor: { call: () => Promise.resolve() },
      now: Date.now,
    });
    for (const event of events) {
      const text = await readFile(event, 'utf8');
      const call = async (): Promise<void> => {
        const { batchItemFailures } = await write(JSON.parse(text), IN_TIME);
        if (batchItemFailures.length > 0) throw new Error('A batch was not brought in.');
      };
      calls.push(await measured(call));
    }
  }
  return { calls, memory: process.resourceUsage().maxRSS * 1_024 };
}

console.log(JSON.stringify(await main(process.argv.slice(2))));
