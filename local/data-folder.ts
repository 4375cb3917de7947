import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorCode } from '#local/file-errors.ts';
import { isForeignDatabase } from '#local/foreign-database.ts';
import { StartError } from '#local/start-error.ts';

/** Milliseconds that an engine may take to end after the LRS it belonged to was killed. */
const STALE_ENGINE_LIMIT = 5_000;

export interface DataFolder {
  readonly dynamoDbFile: string;
  readonly s3Folder: string;
  readonly credentialsFile: string;
  readonly secretsFile: string;
  /** With which DuckDB sees the lake, and what that needs. */
  readonly lakeScript: string;
  readonly lakeSchemaFolder: string;
  /** How far the stream of the Statements table has been worked off. */
  readonly streamFile: string;
  /** Lets another LRS have the folder. */
  release(): void;
}

/**
 * Makes the folder if need be and takes it for this process alone.
 *
 * @throws StartError when it cannot be written, another LRS has it, or it holds what is of no LRS.
 */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  await makeWritable(path);
  // The operating system gives a lock back whenever its owner ends: there is no stale lock file to clear away.
  const lock = lockFile(join(path, 'lock.sqlite'), 0);
  if (lock === undefined) {
    throw new StartError(`Another LRS uses the data folder ${path}: stop it, or set LRS_DATA_DIR to another folder.`);
  }
  const dynamoDbFile = join(path, 'dynamodb.sqlite');
  try {
    checkUnused(dynamoDbFile);
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    dynamoDbFile,
    s3Folder: join(path, 's3'),
    credentialsFile: join(path, 'credentials.json'),
    secretsFile: join(path, 'secrets.json'),
    lakeScript: join(path, 'lake.sql'),
    lakeSchemaFolder: join(path, 'lake-schema'),
    streamFile: join(path, 'stream.json'),
    release: () => {
      lock.close();
    },
  };
}

async function makeWritable(path: string): Promise<void> {
  const probe = join(path, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    await makeFolder(path);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data folder ${path} cannot be written (${reason}): set LRS_DATA_DIR to another folder.`);
  }
}

/**
 * With those on the way to it. Node's own `recursive` never ends where a folder that is there has no place for another and
 * says `ENOENT`, as `/proc` does.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (existsSync(path)) return;
    const parent = dirname(path);
    if (errorCode(error) !== 'ENOENT' || existsSync(parent)) throw error;
    await makeFolder(parent);
    await makeFolder(path);
  }
}

/** @throws StartError when another program has the file of the engine, or it is of something else */
function checkUnused(path: string): void {
  if (isForeignDatabase(path)) {
    throw new StartError(
      `${path} is a database of another program: move it away, or set LRS_DATA_DIR to another folder.`,
    );
  }
  const file = lockFile(path, STALE_ENGINE_LIMIT);
  if (file === undefined) {
    throw new StartError(`Another program has ${path} open, perhaps the engine of an LRS that was killed: end it.`);
  }
  file.close();
}

/**
 * @returns the file, open and locked until it is closed; undefined when others have it longer than `patience`
 * @throws StartError when it is no file of SQLite's
 */
function lockFile(path: string, patience: number): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: patience });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('locked')) return undefined;
    throw new StartError(
      `The LRS cannot use ${path} (${reason}): put back what it has written there, or set LRS_DATA_DIR to another folder.`,
    );
  }
}
