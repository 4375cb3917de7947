import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ZSTD_DECOMPRESSOR } from '#lake/parquet/zstd.ts';
import { freePort } from '#local/free-port.ts';
import { runLrs, startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';

const STATEMENT = {
  actor: { mbox: 'mailto:learner@example.com' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'http://example.com/activity' },
};

describe('npm start whose npm is ended', () => {
  it('stops', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'lrs-test-'));
    const port = String(await freePort());
    // As npm does: a shell that waits for the LRS and passes nothing on.
    const shell = spawn('sh', ['-c', '"$@"; exit', 'npm', process.execPath, 'local/main.ts'], {
      env: { ...process.env, npm_lifecycle_event: 'start', PORT: port, LRS_DATA_DIR: dataFolder },
      stdio: 'ignore',
    });
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/xapi/about`).then(
        ({ ok }) => ok,
        () => false,
      );
    await vi.waitFor(async () => expect(await answers()).toBe(true), { timeout: 15_000, interval: 100 });
    shell.kill('SIGTERM');
    await vi.waitFor(async () => expect(await answers()).toBe(false), { timeout: 10_000, interval: 100 });
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  });
});

describe('npm start', () => {
  let lrs: RunningLrs;

  beforeAll(async () => {
    lrs = await startLrs();
  });

  afterAll(async () => {
    await lrs.stop();
  });

  it('serves the LRS', async () => {
    const about = await fetch(`${lrs.url}/about`);
    expect([about.status, await about.json()]).toMatchObject([200, { version: expect.arrayContaining(['2.0.0']) }]);
  });

  it('serves access at the root, signs tokens, and keeps what it signs with', async () => {
    const { origin } = new URL(lrs.url);
    const minted = await fetch(`${origin}/admin/v1/tokens`, {
      method: 'POST',
      headers: { authorization: lrs.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ scopes: ['all'], fetch: true }),
    });
    const answer: { token: string; fetchUrl: string } = JSON.parse(await minted.text());
    expect(minted.status).toBe(201);
    expect(answer.fetchUrl).toMatch(new RegExp(`^${origin}/oauth/fetch/`, 'u'));
    await lrs.terminate();
    await lrs.restart();
    expect((await send({ ...lrs, authorization: `Bearer ${answer.token}` }, 'GET')).status).toBe(200);
    const published = await fetch(`${new URL(lrs.url).origin}/.well-known/jwks.json`);
    expect(await published.json()).toMatchObject({ keys: [{ alg: 'ES256' }] });
  });

  it('knows the credential it was given, and no other', async () => {
    expect((await send(lrs, 'GET')).status).toBe(200);
    const wrong = await send({ ...lrs, authorization: `Basic ${btoa('test-key:wrong')}` }, 'GET');
    expect(wrong.status).toBe(401);
  });

  it('leaves a secret that was rotated rotated when it starts with it again', async () => {
    const variables = { LRS_KEY: 'rotated', LRS_SECRET: 'the-secret-before-the-rotation' };
    const before = await startLrs(variables);
    const authorization = `Basic ${btoa(`${variables.LRS_KEY}:${variables.LRS_SECRET}`)}`;
    const answer = await fetch(`${new URL(before.url).origin}/admin/v1/credentials/rotated/rotate`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ overlapMinutes: 0 }),
    });
    const { secret }: { secret: string } = JSON.parse(await answer.text());
    await before.terminate();
    await before.restart();
    const statuses = [variables.LRS_SECRET, secret].map(async (given) => {
      const sent = await send({ ...before, authorization: `Basic ${btoa(`rotated:${given}`)}` }, 'GET');
      return sent.status;
    });
    expect(await Promise.all(statuses)).toEqual([401, 200]);
    await before.stop();
  });

  it('keeps what it acknowledged over a stop', async () => {
    const id = await store(lrs);
    expect(await lrs.terminate()).toBe(0);
    await lrs.restart();
    expect((await find(lrs, id)).status).toBe(200);
  });

  it('keeps what it acknowledged over kill -9', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => store(lrs)));
    await lrs.kill9();
    await lrs.restart();
    const found = await Promise.all(ids.map((id) => find(lrs, id)));
    expect(found.map(({ status }) => status)).toEqual(ids.map(() => 200));
  });

  it('ends when its engine does, says so, and keeps what it acknowledged', async () => {
    const id = await store(lrs);
    expect(await lrs.killEngine()).toBe(
      'The embedded DynamoDB engine has ended; start the LRS again. It ended with SIGKILL.\n',
    );
    await lrs.restart();
    expect((await find(lrs, id)).status).toBe(200);
  });

  it('brings what it stores into the lake, also what it stored before it was killed', async () => {
    const before = await store(lrs);
    await lrs.kill9();
    await lrs.restart();
    const after = await store(lrs);
    const inLake = expect.arrayContaining([before, after]);
    await expect
      .poll(() => idsInLake(lrs.dataFolder).catch(() => []), { timeout: 20_000, interval: 200 })
      .toEqual(inLake);
  });

  it('lets nobody else read its data', async () => {
    // Files are replaced meanwhile.
    const shared = await vi.waitFor(async () => {
      const entries = await readdir(lrs.dataFolder, { recursive: true });
      const modes = await Promise.all(entries.map(async (name) => (await stat(join(lrs.dataFolder, name))).mode));
      expect(entries).not.toHaveLength(0);
      return modes.filter((mode) => mode % 0o100 !== 0);
    });
    expect(shared).toEqual([]);
  });

  it('does not share its data folder', async () => {
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: lrs.dataFolder });
    expect(code).toBe(1);
    expect(output).toMatch(/^Another LRS uses the data folder .*\.$/mu);
  });
});

describe('npm start without a credential', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lrs-main-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('makes one and keeps it', async () => {
    const variables = { LRS_KEY: '', LRS_SECRET: '', LRS_DATA_DIR: folder };
    const lrs = await startLrs(variables);
    const { key, secret }: { key: string; secret: string } = JSON.parse(
      await readFile(join(folder, 'credentials.json'), 'utf8'),
    );
    const made = { ...lrs, authorization: `Basic ${btoa(`${key}:${secret}`)}` };
    const id = await store(made);
    await lrs.terminate();
    await lrs.restart();
    expect((await find(made, id)).status).toBe(200);
    await lrs.stop();
  });
});

describe('npm start that cannot start', () => {
  let folder: string;
  let other: Server;
  let port: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lrs-main-'));
    await writeFile(join(folder, 'file'), '');
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    port = String(typeof address === 'object' ? address?.port : address);
  });

  afterAll(async () => {
    other.close();
    await rm(folder, { recursive: true });
  });

  it('because its port is in use says so in one sentence, and leaves nothing running', async () => {
    const dataFolder = join(folder, 'data');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { code, output } = await runLrs({ PORT: port, LRS_DATA_DIR: dataFolder });
      expect(code).toBe(1);
      expect(output).toBe(
        `Starting the LRS …\nAnother program listens on 127.0.0.1:${port}: stop it, or set PORT to another port.\n`,
      );
    }
  });

  it('because its data folder cannot be written says so', async () => {
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: join(folder, 'file') });
    expect(code).toBe(1);
    expect(output).toMatch(/^The data folder .* cannot be written .*\.$/mu);
  });

  it.each([
    ['s3', /^The LRS cannot use .*s3.* \(.*\): put right .*LRS_DATA_DIR.*\.\n$/u],
    ['lake-schema', /^The LRS cannot use .*lake-schema.* \(.*\): put right .*LRS_DATA_DIR.*\.\n$/u],
    ['secrets.json', /^.*secrets\.json does not hold secrets: delete it.*\.\n$/u],
    ['credentials.json', /^.*credentials\.json does not hold a key and a secret: delete it.*\.\n$/u],
  ])('because %s in its data folder is something else says so in one sentence', async (name, sentence) => {
    const dataFolder = join(folder, `other-${name}`);
    await mkdir(dataFolder);
    await writeFile(join(dataFolder, name), 'something else');
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: dataFolder });
    expect(code).toBe(1);
    expect(output.replace('Starting the LRS …\n', '')).toMatch(sentence);
  });

  it.each(['secrets.json', 'credentials.json'])('because %s in its data folder is a folder says so', async (name) => {
    const dataFolder = join(folder, `folder-${name}`);
    await mkdir(join(dataFolder, name), { recursive: true });
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: dataFolder });
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(`^The LRS cannot use .*${name} \\(EISDIR.*\\): put right .*LRS_DATA_DIR.*\\.$`, 'mu'),
    );
    expect(output).not.toContain(' at ');
  });

  it('because of its settings names all that are wrong', async () => {
    const { code, output } = await runLrs({ PORT: 'x', LRS_SECRET: 'short' });
    expect(code).toBe(1);
    expect(output).toMatch(/^PORT .*\.\nLRS_KEY .*\.\n$/u);
  });

  it('because it is given an option says where settings are', async () => {
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: folder }, ['--port', '9090']);
    expect(code).toBe(1);
    expect(output).toMatch(/^npm start takes no options, but got "--port"\. .*PORT=9090 npm start.*\n$/u);
  });

  it('because DynamoDB is not where it should be says so', async () => {
    const endpoint = `http://127.0.0.1:${port}1`;
    const { code, output } = await runLrs({ PORT: '0', LRS_DATA_DIR: folder, DYNAMODB_ENDPOINT: endpoint });
    expect(code).toBe(1);
    expect(output).toContain(`DynamoDB at ${endpoint} cannot be used: `);
  });
});

/** Of the statements in all files of the lake. A file that is superseded meanwhile leads to another look. */
async function idsInLake(dataFolder: string): Promise<readonly unknown[]> {
  const folder = join(dataFolder, 's3', 'lrs-exports', 'lake', 'statements');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.parquet'));
  const rows = await Promise.all(
    files.map(async (name) => {
      const file = await asyncBufferFromFile(join(folder, name));
      return parquetReadObjects({ file, columns: ['statement_id'], compressors: ZSTD_DECOMPRESSOR });
    }),
  );
  return rows.flat().map(({ statement_id }) => statement_id);
}

type Target = Pick<RunningLrs, 'url' | 'authorization'>;

function send({ url, authorization }: Target, method: string, body?: unknown, query = ''): Promise<Response> {
  return fetch(`${url}/statements${query}`, {
    method,
    headers: { authorization, 'x-experience-api-version': '2.0.0', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function store(target: Target): Promise<string> {
  const response = await send(target, 'POST', STATEMENT);
  const [id]: string[] = JSON.parse(await response.text());
  return id ?? '';
}

function find(target: Target, id: string): Promise<Response> {
  return send(target, 'GET', undefined, `?statementId=${id}`);
}
