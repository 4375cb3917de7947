import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAuditEvent, chainOf, RETENTION } from '#test/support/audit-records.ts';
import { answering, ANY_TIME, json, lrs, type ShellScript, SOME_LRS } from '#test/support/cli-shell.ts';

const CREDENTIAL = {
  key: 'new-key',
  store: 'acme',
  label: 'LMS',
  scopes: ['all'],
  authority: { account: { homePage: 'https://lrs.example.com', name: 'new-key' } },
  disabled: false,
  secrets: [{}],
  revokedTokens: 0,
  created: '2026-11-22T09:00:00.000Z',
  createdBy: 'a-key',
  revision: 1,
};

const ORIGIN = 'https://lrs.example.com/admin/v1/';

let homeFolder: string;

beforeEach(async () => {
  homeFolder = await mkdtemp(join(tmpdir(), 'lrs-commands-'));
});

afterEach(async () => {
  await rm(homeFolder, { recursive: true });
});

function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** What a command line sends to an LRS that gives these answers, and what it prints. */
async function command(line: readonly string[], replies: readonly (() => Response)[], script: ShellScript = {}) {
  const { sent, fetch } = answering(...replies);
  const result = await lrs(line, { variables: SOME_LRS, homeFolder, fetch, ...script });
  const [request] = sent;
  const first = request && `${request.method} ${request.url.replace(ORIGIN, '')}`;
  return { ...result, sent, request: first, body: request?.body };
}

describe('a command line', () => {
  it.each([
    [['store', 'create', 'acme'], 'POST stores', { id: 'acme', name: 'acme' }],
    [
      ['store', 'create', 'acme', '--name', 'Acme', '--default-version', '1.0.3'],
      'POST stores',
      { id: 'acme', name: 'Acme', settings: { defaultVersion: '1.0.3' } },
    ],
    [['store', 'show', 'acme'], 'GET stores/acme', undefined],
    [
      ['store', 'set', 'acme', '--default-version', 'none', '--attachment-limit', '100'],
      'PATCH stores/acme',
      { settings: { defaultVersion: null, attachmentLimit: 100 } },
    ],
    [['credential', 'show', 'k'], 'GET credentials/k', undefined],
    [
      ['credential', 'set', 'k', '--expires', 'never', '--origins', 'all', '--request-limits', 'default'],
      'PATCH credentials/k',
      { expires: null, origins: null, requestLimits: null },
    ],
    [['credential', 'disable', 'k'], 'PATCH credentials/k', { disabled: true }],
    [['credential', 'enable', 'k'], 'PATCH credentials/k', { disabled: false }],
    [['credential', 'revoke-tokens', 'k'], 'POST credentials/k/revoke-tokens', {}],
    [['credential', 'revoke-tokens', 'k', '--token-id', 't'], 'POST credentials/k/revoke-tokens', { tokenId: 't' }],
    [['credential', 'delete', 'k', '--yes'], 'DELETE credentials/k', undefined],
    [['issuer', 'show', 'keycloak'], 'GET issuers/keycloak', undefined],
    [['issuer', 'remove', 'keycloak', '--yes'], 'DELETE issuers/keycloak', undefined],
    [['whoami'], 'GET whoami', undefined],
  ])('%j sends %s', async (line, request, body) => {
    const answer = { ...CREDENTIAL, id: 'acme', settings: {}, audiences: [] };
    expect(await command(line, [json(answer)])).toMatchObject({ exitCode: 0, request, body, messages: '' });
  });

  it('makes a credential, and shows its secret once', async () => {
    const line = ['credential', 'create', '--store', 'acme', '--scopes', 'all', '--expires', '90d', '--label', 'LMS'];
    const more = ['--origins', 'https://lms.example.com', '--request-limits', '100/5000'];
    const result = await command([...line, ...more], [json({ ...CREDENTIAL, secret: 's3cret' }, 201)]);
    expect(result).toMatchObject({
      exitCode: 0,
      request: 'POST credentials?store=acme',
      body: {
        label: 'LMS',
        scopes: ['all'],
        expires: new Date(ANY_TIME + 90 * 86_400_000).toISOString(),
        origins: ['https://lms.example.com'],
        requestLimits: { perSecond: 100, perDay: 5_000 },
      },
      messages: 'Keep the secret now: it will not be shown again.\n',
    });
    expect(result.output).toMatch(/^Key {9}new-key\nSecret {6}s3cret\nLabel/u);
  });

  it('tells when the answer with the secret was lost', async () => {
    const result = await command(['credential', 'create', '--scopes', 'all'], [json(CREDENTIAL)]);
    expect(result).toMatchObject({ exitCode: 1, output: '' });
    expect(result.messages).toContain('lrs credential rotate new-key');
  });

  it('rotates, and reminds of whoever has the old secret', async () => {
    const answer = { ...CREDENTIAL, key: 'a-key', secret: 's3cret' };
    const result = await command(['credential', 'rotate', 'a-key', '--overlap', '2h'], [json(answer)]);
    expect(result).toMatchObject({ request: 'POST credentials/a-key/rotate', body: { overlapMinutes: 120 } });
    expect(result.messages).toContain('used here, from LRS_KEY and LRS_SECRET');
  });

  it('mints a token with all its limits', async () => {
    const line = [
      'token',
      'mint',
      '--actor-account',
      'https://lms.example.com',
      'ann',
      '--activity',
      'https://a.example',
    ];
    const more = [
      '--registration',
      'r',
      '--verb',
      'v:1',
      '--verb',
      'v:2',
      '--scopes',
      'state',
      '--minutes',
      '5',
      '--fetch',
    ];
    const answer = { token: 't.o.k', tokenId: 'id', expires: '2026-11-22T10:00:00Z', scopes: ['state'] };
    const result = await command([...line, ...more], [json({ ...answer, fetchPath: '/oauth/fetch/x' })]);
    expect(result.body).toEqual({
      scopes: ['state'],
      limits: {
        actor: { account: { homePage: 'https://lms.example.com', name: 'ann' } },
        registration: 'r',
        activity: 'https://a.example',
        verbs: ['v:1', 'v:2'],
      },
      minutes: 5,
      fetch: true,
    });
    expect(result.output).toMatch(/^Token {6}t\.o\.k\n/u);
    expect(result.output).toContain('https://lrs.example.com/oauth/fetch/x');
  });

  it('adds an issuer from a file or standard input', async () => {
    const body = { id: 'keycloak', issuer: 'https://login.example.com' };
    await writeFile(join(homeFolder, 'keycloak.json'), JSON.stringify(body));
    const answer = json({ ...body, audiences: ['lrs'], store: 'acme', scopes: ['all'] }, 201);
    const script = { workingFolder: homeFolder };
    expect(await command(['issuer', 'add', 'keycloak.json'], [answer], script)).toMatchObject({ exitCode: 0, body });
    expect(await command(['issuer', 'add', '-'], [answer], { input: JSON.stringify(body) })).toMatchObject({ body });
    expect(await command(['issuer', 'add', 'other.json'], [answer], script)).toMatchObject({ exitCode: 1, sent: [] });
    expect(await command(['issuer', 'add', '-'], [answer], { input: '[]' })).toMatchObject({ exitCode: 2, sent: [] });
  });

  it.each([
    [[]],
    [['stor']],
    [['store']],
    [['store', 'create']],
    [['store', 'list', 'extra']],
    [['store', 'set', 'acme']],
    [['store', 'list', '--limit', '0']],
    [['credential', 'create']],
    [['credential', 'create', '--scopes', 'everything']],
    [['credential', 'create', '--scopes', 'all', '--secret', 'x']],
    [['credential', 'create', '--scopes', 'all', '--request-limits', '5']],
    [['credential', 'set', 'k', '--expires', 'soon']],
    [['credential', 'rotate', 'k', '--overlap', '90s']],
    [['credential', 'delete', 'k']],
    [['token', 'mint', '--actor', 'ann']],
    [['token', 'mint', '--actor', 'mailto:a@example.com', '--actor-account', 'https://a.example', 'a']],
    [['token', 'mint', '--minutes', '1441']],
    [['audit', 'verify', '--expect', '1']],
    [['profile', 'add', 'prod']],
    [['profile', 'add', '../prod', '--endpoint', 'https://a.example']],
  ])('that is wrong sends nothing: %j', async (line) => {
    const result = await command(line, [json({})]);
    expect(result).toMatchObject({ exitCode: 2, output: '', sent: [] });
    expect(result.messages).not.toBe('');
  });

  it('asks before it deletes', async () => {
    const line = ['credential', 'delete', 'k'];
    const no = await command(line, [noContent], { isInteractive: true, answers: ['n'] });
    expect(no).toMatchObject({ exitCode: 1, sent: [], messages: 'Nothing was changed.\n' });
    const yes = await command(line, [noContent], { isInteractive: true, answers: ['y'] });
    expect(yes).toMatchObject({ exitCode: 0, request: 'DELETE credentials/k', output: 'Deleted k.\n' });
    expect(yes.shell.questions).toEqual([['Delete the credential k of https://lrs.example.com/xapi? [y/N] ', false]]);
  });
});

describe('--json', () => {
  it('prints what the API answered, wherever it stands', async () => {
    const answer = { ...CREDENTIAL, secret: 's3cret', unknown: [1] };
    for (const line of [
      ['--json', 'credential', 'create', '--scopes', 'all'],
      ['credential', 'create', '--scopes', 'all', '--json'],
    ]) {
      const result = await command(line, [json(answer)]);
      expect(JSON.parse(result.output)).toEqual(answer);
      expect(result.messages).toBe('');
    }
  });

  it('prints one array of all pages', async () => {
    const pages = [json({ items: [{ id: 'a' }], next: 'a' }), json({ items: [{ id: 'b' }] })];
    expect(JSON.parse((await command(['store', 'list', '--json'], pages)).output)).toEqual([{ id: 'a' }, { id: 'b' }]);
    const none = await command(['store', 'list', '--json'], [json({ items: [] })]);
    expect(none).toMatchObject({ output: '[]\n', messages: '' });
  });
});

describe('the audit', () => {
  const chain = chainOf(Array.from({ length: 3 }, () => anAuditEvent({ time: ANY_TIME, principal: 'a-key' })));
  const head = { sequence: 3, hash: chain[2]?.hash ?? '' };

  it('is listed without naming the list', async () => {
    const result = await command(['audit', '--store', 'acme', '--limit', '2'], [json({ items: chain })]);
    expect(result).toMatchObject({ exitCode: 0, request: 'GET audit?store=acme&order=descending&limit=2' });
    expect(result.output).toContain('1  2026-11-22 09:04:22Z  store-changed  done    a-key');
  });

  it('says when there is more than it shows', async () => {
    const items = Array.from({ length: 50 }, (_, index) => ({ ...chain[0], sequence: index }));
    expect((await command(['audit'], [json({ items, next: 'n' })])).messages).toContain('--limit shows more');
  });

  it('has a head to note down', async () => {
    expect((await command(['audit', 'head'], [json(head)])).output).toBe(`3:${head.hash}\n`);
  });

  it('is verified here', async () => {
    const result = await command(['audit', 'verify', '--store', 'acme'], [json(head), json({ items: chain })]);
    expect(result).toMatchObject({ exitCode: 0, messages: '' });
    expect(result.output).toBe(`3 records are as written, from 1 to 3:${head.hash}.\n`);
    expect(result.sent.map(({ url }) => url.replace(ORIGIN, ''))).toEqual([
      'audit/head?store=acme',
      'audit?store=acme&order=ascending&limit=200',
    ]);
  });

  it('says which record is broken', async () => {
    const items = chain.map((record) => (record.sequence === 2 ? { ...record, principal: 'eve' } : record));
    const replies = [json(head), json({ items })];
    const result = await command(['audit', 'verify'], replies);
    expect(result).toMatchObject({ exitCode: 1, output: '' });
    expect(result.messages).toBe(
      'The chain is broken at record 2: it does not say what it said when its hash was made.\n',
    );
    const asJson = await command(['audit', 'verify', '--json'], [json(head), json({ items })]);
    expect(asJson.exitCode).toBe(1);
    expect(JSON.parse(asJson.output)).toMatchObject({ verified: 1, broken: { sequence: 2, fault: 'changed' } });
  });

  it('says that a removed beginning should still be kept', async () => {
    const result = await command(['audit', 'verify'], [json(head), json({ items: chain.slice(1) })]);
    expect(result).toMatchObject({ exitCode: 1, output: '' });
    expect(result.messages).toMatch(/^The chain is broken at record 1: it is not there, .* should still be kept\.\n$/u);
  });

  it('says when a noted head could not be compared', async () => {
    const line = ['audit', 'verify', '--expect', `1:${'f'.repeat(64)}`];
    const replies = [json(head), json({ items: chain.slice(2) })];
    const script = { now: () => ANY_TIME + RETENTION };
    const result = await command(line, replies, script);
    expect(result).toMatchObject({ exitCode: 1, output: '' });
    expect(result.messages).toMatch(/^Not proven: the head 1 that was noted could not be compared, /u);
    const asJson = await command([...line, '--json'], replies, script);
    expect(asJson.exitCode).toBe(1);
    expect(JSON.parse(asJson.output)).toMatchObject({ verified: 1, uncompared: { sequence: 1 } });
  });

  it('shows how far it has come', async () => {
    const script = { showsProgress: true };
    const result = await command(['audit', 'verify'], [json(head), json({ items: chain })], script);
    expect(result.messages).toBe('\r\u001B[K1 of 3 records\r\u001B[K');
  });
});

describe('profiles', () => {
  const ADD = ['profile', 'add', 'prod', '--endpoint', 'https://prod.example.com/xapi/'];

  it('are added with a secret that is typed unseen', async () => {
    const script = { isInteractive: true, answers: ['a-key', 's3cret'], homeFolder };
    const result = await lrs(ADD, script);
    expect(result).toMatchObject({ exitCode: 0, output: '' });
    expect(result.shell.questions).toEqual([
      ['Key: ', false],
      ['Secret (not shown): ', true],
    ]);
    const listed = await lrs(['profile', 'list'], { homeFolder });
    expect(listed.output).toBe(
      'PROFILE         ENDPOINT                       KEY\nprod (current)  https://prod.example.com/xapi  a-key\n',
    );
    expect(JSON.parse((await lrs(['profile', 'list', '--json'], { homeFolder })).output)).toEqual([
      { name: 'prod', endpoint: 'https://prod.example.com/xapi', key: 'a-key', current: true },
    ]);
  });

  it('are added from standard input, used and removed', async () => {
    const input = '{"key":"a-key","secret":"s3cret","other":1}';
    await lrs([...ADD, '--credential-stdin'], { homeFolder, input });
    const other = ['profile', 'add', 'test', '--endpoint', 'https://test.example.com', '--credential-stdin'];
    expect((await lrs(other, { homeFolder, input })).messages).toContain('The current profile stays prod');
    expect(await lrs(['profile', 'use', 'test'], { homeFolder })).toMatchObject({ exitCode: 0 });
    const who = await command(['whoami'], [json({ scopes: [] })], { variables: {} });
    expect(who.output).toContain('https://test.example.com');
    expect(await lrs(['profile', 'remove', 'test'], { homeFolder })).toMatchObject({ exitCode: 0 });
    expect(await lrs(['profile', 'use', 'test'], { homeFolder })).toMatchObject({
      exitCode: 1,
      messages: 'There is no profile "test"; there are: prod.\n',
    });
  });

  it.each(['', '{}', '{"key":"a:b","secret":"s"}', '{"key":"a","secret":""}', 'null'])(
    'are not added from %j',
    async (input) => {
      const result = await lrs([...ADD, '--credential-stdin'], { homeFolder, input });
      expect(result).toMatchObject({ exitCode: 2, output: '' });
      expect(result.messages).toContain('does not hold JSON with key and secret');
    },
  );
});

describe('help', () => {
  it('of every command shows options and examples', async () => {
    const { output, exitCode } = await lrs(['credential', 'create', '--help']);
    expect(exitCode).toBe(0);
    for (const part of ['--scopes <list>', 'Global Options:', 'Examples:\n  lrs credential create']) {
      expect(output).toContain(part);
    }
  });
});
