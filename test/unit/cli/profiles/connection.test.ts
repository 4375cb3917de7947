import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectionOptions, findConnection } from '#cli/profiles/connection.ts';
import { writeProfiles } from '#cli/profiles/profile-file.ts';
import { aShell } from '#test/support/cli-shell.ts';

const PROD = { endpoint: 'https://prod.example.com/xapi', key: 'prod-key', secret: 'prod-secret' };
const TEST = { endpoint: 'https://test.example.com/xapi', key: 'test-key', secret: 'test-secret' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-cli-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

type Variables = Readonly<Record<string, string>>;

async function find(variables: Variables = {}, options: ConnectionOptions = {}) {
  const shell = aShell({ variables, homeFolder: folder, workingFolder: folder });
  const { endpoint, key, secret, source } = await findConnection(shell, options);
  return { url: endpoint.url, key, secret, source, messages: shell.messages() };
}

async function haveProfiles(current?: string): Promise<void> {
  const profiles = new Map(Object.entries({ prod: PROD, test: TEST }));
  await writeProfiles(aShell({ homeFolder: folder }), { ...(current !== undefined && { current }), profiles });
}

async function haveLocalLrs(name = '.lrs'): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'credentials.json'), '{"key":"local-key","secret":"local-secret"}');
}

describe('the LRS that is used', () => {
  it('is that of the current profile', async () => {
    await haveProfiles('prod');
    expect(await find()).toMatchObject({ url: PROD.endpoint, key: 'prod-key', source: 'the profile prod' });
  });

  it('is the one of npm start rather than of the current profile when its data or this machine is named', async () => {
    await haveProfiles('prod');
    await haveLocalLrs();
    expect(await find({ LRS_DATA_DIR: '.lrs' })).toMatchObject({ key: 'local-key', url: 'http://127.0.0.1:8080/xapi' });
    expect(await find({}, { endpoint: 'http://127.0.0.1:9090' })).toMatchObject({ key: 'local-key' });
    expect(await find({ LRS_DATA_DIR: '.lrs', LRS_PROFILE: 'test' })).toMatchObject({ key: 'test-key' });
  });

  it('is that of LRS_PROFILE rather than of the current profile', async () => {
    await haveProfiles('prod');
    expect(await find({ LRS_PROFILE: 'test' })).toMatchObject({ url: TEST.endpoint, key: 'test-key' });
  });

  it('is that of LRS_KEY and LRS_SECRET rather than of a profile', async () => {
    await haveProfiles('prod');
    const credential = { LRS_KEY: 'my-key', LRS_SECRET: 'my-secret' };
    expect(await find({ ...credential, LRS_ENDPOINT: 'https://my.example.com' })).toMatchObject({
      url: 'https://my.example.com',
      key: 'my-key',
      secret: 'my-secret',
    });
    expect(await find(credential)).toMatchObject({ url: PROD.endpoint, key: 'my-key' });
  });

  it('is that of --profile rather than of any variable', async () => {
    await haveProfiles('prod');
    const variables = { LRS_KEY: 'k', LRS_SECRET: 's', LRS_ENDPOINT: 'https://x.example', LRS_PROFILE: 'prod' };
    expect(await find(variables, { profile: 'test' })).toMatchObject({ url: TEST.endpoint, key: 'test-key' });
  });

  it('is that of --endpoint rather than of LRS_ENDPOINT', async () => {
    const variables = { LRS_KEY: 'k', LRS_SECRET: 's', LRS_ENDPOINT: 'https://x.example' };
    expect(await find(variables, { endpoint: 'https://y.example/xapi/' })).toMatchObject({
      url: 'https://y.example/xapi',
    });
  });

  it('is the one of npm start in this folder when nothing else is named', async () => {
    await haveLocalLrs();
    expect(await find()).toMatchObject({ url: 'http://127.0.0.1:8080/xapi', key: 'local-key', secret: 'local-secret' });
    expect(await find({ PORT: '9000' })).toMatchObject({ url: 'http://127.0.0.1:9000/xapi' });
  });

  it('is the one of LRS_DATA_DIR', async () => {
    await haveLocalLrs('data');
    expect(await find({ LRS_DATA_DIR: 'data' })).toMatchObject({ key: 'local-key' });
  });

  it('has to be known', async () => {
    await expect(find()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('lrs profile add') });
  });
});

describe('a secret', () => {
  it('of a profile is sent to no other host', async () => {
    await haveProfiles('prod');
    const refusal = { exitCode: 2, message: expect.stringContaining('is not sent to https://evil.example') };
    await expect(find({ LRS_ENDPOINT: 'https://evil.example' })).rejects.toMatchObject(refusal);
    await expect(find({}, { endpoint: 'https://evil.example' })).rejects.toMatchObject(refusal);
    await expect(find({}, { profile: 'prod', endpoint: 'https://evil.example' })).rejects.toMatchObject(refusal);
    const local = { profile: 'prod', endpoint: 'http://127.0.0.1:8080' };
    await expect(find({}, local)).rejects.toThrow('is not sent to http://127.0.0.1:8080');
    expect(await find({}, { endpoint: 'https://prod.example.com' })).toMatchObject({ key: 'prod-key' });
  });

  it('of npm start does not leave the machine', async () => {
    await haveLocalLrs();
    await expect(find({}, { endpoint: 'https://evil.example' })).rejects.toThrow('is not on this machine');
    expect(await find({}, { endpoint: 'http://localhost:9000' })).toMatchObject({ key: 'local-key' });
  });

  it('is not sent in the clear without a word', async () => {
    const credential = { LRS_KEY: 'k', LRS_SECRET: 's' };
    expect((await find({ ...credential, LRS_ENDPOINT: 'http://lrs.example' })).messages).toContain('not encrypted');
    expect((await find({ ...credential, LRS_ENDPOINT: 'http://127.0.0.2' })).messages).toBe('');
    expect((await find({ ...credential, LRS_ENDPOINT: 'https://lrs.example' })).messages).toBe('');
  });

  it.each([
    [{ LRS_KEY: 'k' }, 'LRS_SECRET is not set'],
    [{ LRS_SECRET: 's' }, 'LRS_KEY is not set'],
    [{ LRS_KEY: 'a:b', LRS_SECRET: 's' }, 'holds a control character, or LRS_KEY a colon'],
    [{ LRS_KEY: 'a', LRS_SECRET: 's\n' }, 'holds a control character'],
  ])('has a key beside it: %j', async (variables, message) => {
    await expect(find(variables)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });
});

describe('a profile that is named', () => {
  it('has to be there', async () => {
    await haveProfiles();
    await expect(find({}, { profile: 'constructor' })).rejects.toThrow(
      'There is no profile "constructor"; there are: prod, test.',
    );
  });
});

describe('an endpoint', () => {
  it.each([
    'lrs.example.com',
    'ftp://lrs.example.com',
    'https://user@lrs.example.com',
    'https://lrs.example.com?a',
    '',
  ])('is not %j', async (endpoint) => {
    const variables = { LRS_KEY: 'k', LRS_SECRET: 's' };
    await expect(find(variables, { endpoint })).rejects.toMatchObject({ exitCode: 2 });
  });
});
