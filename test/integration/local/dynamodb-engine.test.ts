import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDynamoDb } from '#local/dynamodb-engine.ts';
import { engineBinary } from '#local/engine-binary.ts';
import { StartError } from '#local/start-error.ts';
import { createTables } from '#local/tables.ts';
import { ENGINE_ACCESS, freshTables } from '#test/support/engine.ts';

const NAMES = { statements: 'statements', documents: 'documents', registry: 'registry' };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lrs-engine-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('the embedded DynamoDB engine', () => {
  it('takes the size of its cache from its file, new or not', async () => {
    const file = join(directory, 'cached');
    for (let time = 0; time < 2; time += 1) {
      const engine = await startDynamoDb({ file });
      const database = new DatabaseSync(file);
      expect(database.prepare('PRAGMA cache_size').get()).toEqual({ cache_size: 16_384 });
      database.exec('PRAGMA default_cache_size = 500');
      database.close();
      await engine.stop();
    }
  });

  it('keeps what was written in its file', async () => {
    const file = join(directory, 'data');
    const first = await startDynamoDb({ file });
    const key = { pk: { S: 'a' }, sk: { S: 'b' } };
    const before = new DynamoDBClient({ endpoint: first.endpoint, ...ENGINE_ACCESS });
    await createTables(before, NAMES);
    await before.send(new PutItemCommand({ TableName: NAMES.statements, Item: key }));
    await first.stop();

    const second = await startDynamoDb({ file });
    const after = new DynamoDBClient({ endpoint: second.endpoint, ...ENGINE_ACCESS });
    await createTables(after, NAMES);
    const { Item } = await after.send(new GetItemCommand({ TableName: NAMES.statements, Key: key }));
    await second.stop();

    expect(Item).toEqual(key);
  });

  it('finds the last record of a stream by an index', async () => {
    const file = join(directory, 'data');
    const engine = await startDynamoDb({ file });
    await engine.stop();
    const database = new DatabaseSync(file);
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?',
      )
      .all('s');
    database.close();
    expect(JSON.stringify(plan)).toContain('stream_records_by_sequence');
  });

  it('ends when the process that started it is killed', async () => {
    const code = `
      const { startDynamoDb } = await import('#local/dynamodb-engine.ts');
      const engine = await startDynamoDb({ file: ${JSON.stringify(join(directory, 'data'))} });
      console.log(engine.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });

  it.each([
    ['SIGKILL', 'It ended with SIGKILL.'],
    ['SIGTERM', 'It ended with code 0, and said last: Shutting down...'],
  ])('tells how it has ended, after %s', async (signal, how) => {
    const engine = await startDynamoDb();
    // It comes to heed signals after it says that it listens.
    await fetch(engine.endpoint);
    process.kill(engine.pid, signal);
    await expect(Promise.race([engine.ended, sleep(5_000, 'still running')])).resolves.toBe(how);
  });

  it('is not started on a file that is not fit for it, and says why', async () => {
    const file = join(directory, 'data');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE stream_records_by_sequence (a)');
    database.close();
    const starting = startDynamoDb({ file });
    await expect(starting).rejects.toThrow(StartError);
    await expect(starting).rejects.toThrow(`cannot use ${file}: there is already a table named`);
    // Who has it open keeps others from locking it.
    const again = new DatabaseSync(file);
    again.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    again.close();
  });

  it('says what to do when there is none for the platform', () => {
    expect(() => engineBinary('plan9', 'mips')).toThrow(/@dynoxide\/plan9-mips is not installed.*DYNAMODB_ENDPOINT/su);
  });
});

describe('fresh tables', () => {
  it('are there, empty and shared with nobody', async () => {
    const first = await freshTables();
    const second = await freshTables();
    expect(first.names.statements).not.toBe(second.names.statements);
    for (const TableName of [...Object.values(first.names), ...Object.values(second.names)]) {
      const { Count } = await first.sdk.send(new ScanCommand({ TableName }));
      expect([TableName, Count]).toEqual([TableName, 0]);
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
