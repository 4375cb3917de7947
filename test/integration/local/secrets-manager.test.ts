import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HiddenServer } from '#local/hidden-server.ts';
import { startSecretsManager } from '#local/secrets-manager/server.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';

const SECRET = 'keys';

let directory: string;
let file: string;
let server: HiddenServer;
let client: SecretsManagerClient;

async function start(): Promise<void> {
  server = await startSecretsManager({ file, names: [SECRET, 'other'] });
  client = new SecretsManagerClient({ endpoint: server.endpoint, maxAttempts: 1, ...ENGINE_ACCESS });
}

async function stop(): Promise<void> {
  client.destroy();
  await server.stop();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lrs-secrets-'));
  file = join(directory, 'secrets.json');
  await start();
});

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

function put(SecretString: string, SecretId = SECRET) {
  return client.send(new PutSecretValueCommand({ SecretId, SecretString }));
}

function get(SecretId = SECRET) {
  return client.send(new GetSecretValueCommand({ SecretId }));
}

describe('local Secrets Manager', () => {
  it('gives back the value that was put last, with its version', async () => {
    await put('one');
    const { VersionId, ARN } = await put('two, grüße');
    const got = await get();
    expect(got).toMatchObject({
      ARN,
      Name: SECRET,
      SecretString: 'two, grüße',
      VersionId,
      VersionStages: ['AWSCURRENT'],
    });
    expect(got.CreatedDate?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('keeps the values of several secrets apart', async () => {
    await Promise.all([put('one'), put('two', 'other')]);
    expect((await get()).SecretString).toBe('one');
    expect((await get('other')).SecretString).toBe('two');
  });

  it('keeps the last of many values that are put at once', async () => {
    const values = Array.from({ length: 20 }, (_, index) => `value ${index}`);
    await Promise.all(values.map((value) => put(value)));
    expect(values).toContain((await get()).SecretString);
    expect(await readdir(directory)).toEqual(['secrets.json']);
  });

  it('has no value at first, and no secret but those it was told of', async () => {
    await expect(get()).rejects.toThrow(ResourceNotFoundException);
    await expect(get('unknown')).rejects.toThrow(ResourceNotFoundException);
    await expect(get('constructor')).rejects.toThrow(ResourceNotFoundException);
    await expect(put('value', 'unknown')).rejects.toThrow(ResourceNotFoundException);
  });

  it('has the current version only', async () => {
    await put('one');
    const previous = new GetSecretValueCommand({ SecretId: SECRET, VersionStage: 'AWSPREVIOUS' });
    await expect(client.send(previous)).rejects.toThrow(ResourceNotFoundException);
    const unknown = new GetSecretValueCommand({ SecretId: SECRET, VersionId: 'a'.repeat(32) });
    await expect(client.send(unknown)).rejects.toThrow(ResourceNotFoundException);
  });

  it('keeps the values in a file that only its owner may read', async () => {
    await put('one');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('"one"');
    await stop();
    await start();
    expect((await get()).SecretString).toBe('one');
  });

  it('replaces what an end in the middle of a write has left', async () => {
    await writeFile(`${file}.new`, 'half');
    await put('one');
    expect((await get()).SecretString).toBe('one');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('does not know other operations, nor values that are no texts', async () => {
    const describeSecret = new DescribeSecretCommand({ SecretId: SECRET });
    await expect(client.send(describeSecret)).rejects.toThrow('does not know the operation');
    const binary = new PutSecretValueCommand({ SecretId: SECRET, SecretBinary: Buffer.from('one') });
    await expect(client.send(binary)).rejects.toThrow('secrets that are texts');
  });

  it('answers what is not JSON, and what is too long, with an error', async () => {
    expect(await send('{')).toBe(400);
    expect(await send('null')).toBe(400);
    expect(await send(`"${'x'.repeat(300_000)}"`)).toBe(400);
  });
});

/** @returns the status of the answer to a GetSecretValue that the SDK would not send. */
function send(body: string): Promise<number | undefined> {
  const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
  return new Promise((resolve, reject) => {
    const sent = request(server.endpoint, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end(body);
  });
}
