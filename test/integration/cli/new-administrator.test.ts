import { mkdir, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CredentialAnswer, IssuedCredentialAnswer, TokenAnswer } from '#access/admin-api.ts';
import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import { freePort } from '#local/free-port.ts';
import { type RunningLrs, startLrs } from '#test/support/lrs.ts';
import { type CliResult, runCli } from '#test/support/run-cli.ts';

const COURSE = 'https://acme.example.com/courses/fire-safety';
const ANN = { mbox: 'mailto:ann@example.com' };

let lrs: RunningLrs;
let folder: string;

/** A fresh shell in the folder in which `npm start` runs: nothing in HOME, no variables. */
function command(line: string, variables: Readonly<Record<string, string>> = {}, input = ''): Promise<CliResult> {
  const { port } = new URL(lrs.url);
  const shell = { workingFolder: folder, variables: { HOME: join(folder, 'home'), PORT: port, ...variables } };
  return runCli(shell, line.split(' '), input);
}

async function jsonOf<Answer>(line: string, variables: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { exitCode, output, messages } = await command(`${line} --json`, variables);
  expect([exitCode, messages]).toEqual([0, '']);
  const answer: Answer = JSON.parse(output);
  return answer;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-administrator-'));
  await mkdir(join(folder, 'home'));
  lrs = await startLrs({ LRS_KEY: '', LRS_SECRET: '' });
  await symlink(lrs.dataFolder, join(folder, '.lrs'));
});

afterAll(async () => {
  await lrs.stop();
  await rm(folder, { recursive: true });
});

describe('a new administrator', { timeout: 60_000 }, () => {
  let credential: IssuedCredentialAnswer;
  let token: TokenAnswer;

  /** Of the credential of the store. */
  function asAcme(): Readonly<Record<string, string>> {
    return { LRS_ENDPOINT: lrs.url, LRS_KEY: credential.key, LRS_SECRET: credential.secret ?? '' };
  }

  function send(actor: object, object = `${COURSE}/1`): Promise<Response> {
    return fetch(`${lrs.url}/statements`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token.token}`,
        'Content-Type': 'application/json',
        'X-Experience-API-Version': '2.0.0',
      },
      body: JSON.stringify({ actor, verb: { id: 'http://adlnet.gov/expapi/verbs/passed' }, object: { id: object } }),
    });
  }

  it('sees who they are', async () => {
    const { exitCode, output, messages } = await command('whoami');
    expect([exitCode, messages]).toEqual([0, '']);
    expect(output).toContain('May manage       the whole deployment');
  });

  it('makes a store', async () => {
    expect(await command('store create acme')).toMatchObject({ exitCode: 0, messages: '' });
    expect((await command('store list')).output).toMatch(/^acme +acme /mu);
    const again = await command('store create acme');
    expect(again).toMatchObject({ exitCode: 1, output: '' });
    expect(again.messages).toMatch(/^There is a store of this id already\.\nRequest id: \S+\n$/u);
  });

  it('makes a credential for it', async () => {
    credential = await jsonOf('credential create --store acme --label LMS --scopes all,admin --expires 90d');
    expect(credential).toMatchObject({ store: 'acme', label: 'LMS', scopes: ['all', 'admin'] });
    const listed = await jsonOf<readonly CredentialAnswer[]>('credential list --store acme');
    expect(listed.map(({ key }) => key)).toEqual([credential.key]);
    expect(await jsonOf('whoami', asAcme())).toMatchObject({ key: credential.key, store: 'acme', isOperator: false });
  });

  it('mints a token for a learner, whose statements are stored, and no others', async () => {
    token = await jsonOf(`token mint --actor ${ANN.mbox} --activity ${COURSE} --minutes 30 --fetch`, asAcme());
    expect((await send(ANN)).status).toBe(200);
    expect((await send({ mbox: 'mailto:ben@example.com' })).status).toBe(403);
    expect((await send(ANN, 'https://acme.example.com/courses/other')).status).toBe(403);
    const statements = await fetch(`${lrs.url}/statements`, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${credential.key}:${credential.secret ?? ''}`).toString('base64')}`,
        'X-Experience-API-Version': '2.0.0',
      },
    });
    expect(await statements.json()).toMatchObject({ statements: [{ actor: ANN, object: { id: `${COURSE}/1` } }] });
  });

  it('gets a fetch URL that gives the token once', async () => {
    const fetched = await fetch(token.fetchUrl ?? `${new URL(lrs.url).origin}${token.fetchPath ?? ''}`, {
      method: 'POST',
    });
    expect(await fetched.json()).toEqual({ 'auth-token': expect.any(String) });
  });

  it('sees in the audit what was done, and verifies it', async () => {
    const records = await jsonOf<readonly AuditRecord[]>('audit --store acme');
    expect(records.map(({ action }) => action)).toContain('credential-created');
    const { sequence, hash } = await jsonOf<AuditHead>('audit head --store acme');
    const verified = await command(`audit verify --store acme --expect ${sequence}:${hash}`);
    expect(verified).toMatchObject({ exitCode: 0, messages: '' });
    expect(verified.output).toMatch(/^\d+ records are as written, from 1 to \d+:[0-9a-f]{64}\.\n$/u);
    const other = await command(`audit verify --store acme --expect ${sequence}:${'0'.repeat(64)}`);
    expect(other).toMatchObject({ exitCode: 1, output: '' });
    expect(other.messages).toContain(
      `The chain is broken at record ${sequence}: it is not the record that stood there`,
    );
  });

  it('keeps a profile, from what a secret store prints', async () => {
    const variables = { XDG_CONFIG_HOME: join(folder, 'config') };
    const { key, secret } = credential;
    const line = `profile add acme --endpoint ${lrs.url} --credential-stdin`;
    expect(await command(line, variables, JSON.stringify({ key, secret }))).toMatchObject({ exitCode: 0, output: '' });
    const file = join(folder, 'config', 'serverless-lrs', 'profiles.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain(secret);
    expect(await jsonOf('whoami', variables)).toMatchObject({ key });
    expect(await jsonOf('--profile acme store show acme', variables)).toMatchObject({ id: 'acme' });
    const foreign = await command('--profile acme store show default', variables);
    expect(foreign).toMatchObject({ exitCode: 1, output: '' });
  });

  it('rotates, changes, disables and deletes the credential', async () => {
    const { key } = credential;
    const rotated = await jsonOf<IssuedCredentialAnswer>(`credential rotate ${key} --overlap 1h`);
    expect(rotated.secret).not.toBe(credential.secret);
    expect(await jsonOf('whoami', asAcme())).toMatchObject({ key });
    expect(await jsonOf(`credential set ${key} --label Old --expires never`)).toMatchObject({ label: 'Old' });
    expect((await command(`credential show ${key}`)).output).toMatch(/^Older secret +good until /mu);
    const one = `credential revoke-tokens ${key} --token-id ${token.tokenId}`;
    expect(await jsonOf(one)).toMatchObject({ revokedTokens: 1 });
    expect(await jsonOf(`credential revoke-tokens ${key}`)).toHaveProperty('tokensNotBefore');
    expect(await jsonOf(`credential disable ${key}`)).toMatchObject({ disabled: true });
    expect(await jsonOf(`credential enable ${key}`)).toMatchObject({ disabled: false });
    expect(await command(`credential delete ${key}`)).toMatchObject({ exitCode: 2, output: '' });
    expect(await command(`credential delete ${key} --yes`)).toMatchObject({ exitCode: 0, output: `Deleted ${key}.\n` });
    expect(await command(`credential show ${key}`)).toMatchObject({ exitCode: 1, output: '' });
  });

  it('lists and rotates signing keys, and adds and removes an issuer', async () => {
    const before = await jsonOf<{ readonly keys: readonly unknown[] }>('keys list');
    expect(before.keys).toHaveLength(1);
    expect((await command('keys rotate')).output.trimEnd().split('\n')).toHaveLength(3);
    expect(await jsonOf('keys rotate --compromised --yes')).toMatchObject({ keys: [{}] });
    const issuer = {
      id: 'idp',
      issuer: 'https://login.example.com',
      audiences: ['lrs'],
      scopes: ['all'],
      store: 'acme',
    };
    expect(await command('issuer add -', {}, JSON.stringify(issuer))).toMatchObject({ exitCode: 0 });
    expect((await command('issuer list')).output).toMatch(/^idp +https:\/\/login\.example\.com +lrs +acme +in use$/mu);
    expect(await command('issuer remove idp --yes')).toMatchObject({ exitCode: 0 });
  });

  it('is told what is wrong, in a sentence and without a stack', async () => {
    const unknown = await command('whoami', { ...asAcme(), LRS_SECRET: 'a-wrong-secret-of-some-length' });
    expect(unknown).toMatchObject({ exitCode: 1, output: '' });
    expect(unknown.messages).toContain(`The key ${credential.key} of LRS_KEY and LRS_SECRET was sent to ${lrs.url}.`);
    expect(unknown.messages).not.toContain('a-wrong-secret');
    const port = String(await freePort());
    expect(await command('whoami', { PORT: port })).toMatchObject({
      exitCode: 1,
      messages: `Nothing listens on 127.0.0.1:${port}: is npm start running, with this PORT?\n`,
    });
  });
});
