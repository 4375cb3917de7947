import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeDataFolder } from '#local/data-folder.ts';
import { startDynamoDb } from '#local/dynamodb-engine.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-data-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the data folder', () => {
  it('is made, and given to one LRS at a time', async () => {
    const path = join(folder, 'deep', 'down');
    const taken = await takeDataFolder(path);
    await expect(takeDataFolder(path)).rejects.toThrow(/^Another LRS uses the data folder .*LRS_DATA_DIR.*\.$/u);
    taken.release();
    (await takeDataFolder(path)).release();
  });

  it('has to be writable', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    await expect(takeDataFolder(path)).rejects.toThrow(/^The data folder .*cannot be written.*LRS_DATA_DIR/u);
  });

  it.each([['/proc/lrs'], ['/proc/lrs/data']])('cannot be %s, where folders are not made', async (path) => {
    await expect(takeDataFolder(path)).rejects.toThrow(/^The data folder .*cannot be written.*LRS_DATA_DIR/u);
  });

  it.each(['lock.sqlite', 'dynamodb.sqlite'])('has to have its own %s', async (name) => {
    const path = join(folder, name);
    const unusable = /^The LRS cannot use .*sqlite \(.*\): put back .*LRS_DATA_DIR/u;
    await writeFile(path, 'something else, and longer than what SQLite takes for a new file');
    await expect(takeDataFolder(folder)).rejects.toThrow(unusable);
    await rm(path);
    await mkdir(path);
    await expect(takeDataFolder(folder)).rejects.toThrow(unusable);
    await rm(path, { recursive: true });
    (await takeDataFolder(folder)).release();
  });

  it.each([['delete'], ['wal']])('has no database of another program, which is left as it is: %s', async (mode) => {
    const path = join(folder, 'dynamodb.sqlite');
    const theirs = new DatabaseSync(path);
    theirs.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE notes (text); PRAGMA wal_checkpoint`);
    theirs.exec("INSERT INTO notes VALUES ('theirs')");
    const files = async () => (await readdir(folder)).filter((name) => name.startsWith('dynamodb'));
    const before = [await files(), await readFile(path)];
    await expect(takeDataFolder(folder)).rejects.toThrow(
      /^\/.*dynamodb\.sqlite is a database of another program: move it away, or set LRS_DATA_DIR to another folder\.$/u,
    );
    expect([await files(), await readFile(path)]).toEqual(before);
    theirs.close();
  });

  it('may have an empty file for the engine, and one that an engine has begun or used', async () => {
    const path = join(folder, 'dynamodb.sqlite');
    const expectTaken = async () => {
      const taken = await takeDataFolder(folder);
      expect(taken.dynamoDbFile).toBe(path);
      taken.release();
    };
    await writeFile(path, '');
    await expectTaken();
    const begun = new DatabaseSync(path);
    begun.exec('CREATE TABLE _config (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
    begun.close();
    await expectTaken();
    await rm(path);
    for (let start = 0; start < 2; start += 1) {
      const engine = await startDynamoDb({ file: path });
      await engine.stop();
      await expectTaken();
    }
  });

  it('is not taken before an engine that was left behind has ended', async () => {
    const engine = await startDynamoDb({ file: join(folder, 'dynamodb.sqlite') });
    // Another process, because this one stands still while it waits for the file.
    spawn('/bin/sh', ['-c', `sleep 0.5; kill -9 ${engine.pid}`]);
    const start = performance.now();
    (await takeDataFolder(folder)).release();
    expect(performance.now() - start).toBeGreaterThan(300);
    await engine.ended;
  });
});
