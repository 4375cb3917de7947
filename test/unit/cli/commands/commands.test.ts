import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminRequestFault } from '#test/support/admin-request-fault.ts';
import { anAuditEvent, chainOf, RETENTION } from '#test/support/audit-records.ts';
import { ROOT } from '#test/support/markdown.ts';
import ROTATION from '../../../../schemas/admin/rotation.json' with { type: 'json' };
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

const REGISTRATION = '0bd8a8d5-2f6a-4c6c-9d0a-0d3f1b6f3c11';

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

/** What is told where the variables name the LRS. */
const USING = 'Using https://lrs.example.com/xapi with the key of LRS_KEY and LRS_SECRET.\n';

/**
 * What a command line sends to an LRS that gives these answers, and what it prints besides which LRS it uses. Whatever is
 * sent is something that the management API takes.
 */
async function command(line: readonly string[], replies: readonly (() => Response)[], script: ShellScript = {}) {
  const { sent, fetch } = answering(...replies);
  const result = await lrs(line, { variables: SOME_LRS, homeFolder, fetch, ...script });
  for (const { method, url, body } of sent) {
    expect(adminRequestFault(method, url.replace(/^.*\/admin\/v1/u, ''), body)).toBeUndefined();
  }
  const [request] = sent;
  const first = request && `${request.method} ${request.url.replace(ORIGIN, '')}`;
  return { ...result, messages: result.messages.replace(USING, ''), sent, request: first, body: request?.body };
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
    [
      ['credential', 'revoke-tokens', 'k', '--token-id', 'token-1'],
      'POST credentials/k/revoke-tokens',
      { tokenId: 'token-1' },
    ],
    [['credential', 'delete', 'k', '--yes'], 'DELETE credentials/k', undefined],
    [['issuer', 'show', 'keycloak'], 'GET issuers/keycloak', undefined],
    [['issuer', 'remove', 'keycloak', '--yes'], 'DELETE issuers/keycloak', undefined],
    [['whoami'], 'GET whoami', undefined],
    [['keys', 'list'], 'GET signing-keys', undefined],
    [['keys', 'rotate'], 'POST signing-keys/rotate', { compromised: false }],
    [['keys', 'rotate', '--compromised', '--yes'], 'POST signing-keys/rotate', { compromised: true }],
  ])('%j sends %s', async (line, request, body) => {
    const answer = { ...CREDENTIAL, id: 'acme', settings: {}, audiences: [], keys: [{ kid: 'k' }] };
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

  it('takes as long an overlap as the API does', async () => {
    const { maximum } = ROTATION.properties.overlapMinutes;
    const rotate = ['credential', 'rotate', 'a-key', '--overlap'];
    const answers = [json({ ...CREDENTIAL, key: 'a-key', secret: 's3cret' })];
    const longest = await command([...rotate, `${maximum}m`], answers);
    expect(longest).toMatchObject({ exitCode: 0, body: { overlapMinutes: maximum } });
    expect(await command([...rotate, `${maximum + 1}m`], answers)).toMatchObject({ exitCode: 2, sent: [] });
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
      REGISTRATION,
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
        registration: REGISTRATION,
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
    const body = {
      id: 'keycloak',
      issuer: 'https://login.example.com',
      audiences: ['lrs'],
      scopes: ['all'],
      store: 'acme',
    };
    await writeFile(join(homeFolder, 'keycloak.json'), JSON.stringify(body));
    const answer = json({ ...body, disabled: false }, 201);
    const script = { workingFolder: homeFolder };
    expect(await command(['issuer', 'add', 'keycloak.json'], [answer], script)).toMatchObject({ exitCode: 0, body });
    expect(await command(['issuer', 'add', '-'], [answer], { input: JSON.stringify(body) })).toMatchObject({ body });
    expect(await command(['issuer', 'add', 'other.json'], [answer], script)).toMatchObject({ exitCode: 2, sent: [] });
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
    [['credential', 'set', 'k', '--expires', '2027-02-30']],
    [['credential', 'rotate', 'k', '--overlap', '90s']],
    [['credential', 'delete', 'k']],
    [['keys', 'rotate', '--compromised']],
    [['whoami', '--profile', 'nowhere']],
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

  it.each([['create'], ['set']])('to %s a store says which default versions can be typed', async (verb) => {
    for (const version of ['3', 'null']) {
      const result = await command(['store', verb, 'acme', '--default-version', version], [json({})]);
      const rule = 'it has to be 1.0.3 or 2.0.0, or none to take it away.';
      const messages = `--default-version is "${version}"; ${rule}\n`;
      expect(result).toMatchObject({ exitCode: 2, sent: [], messages });
    }
  });

  it('asks before it ends all tokens', async () => {
    const script = { isInteractive: true, answers: ['y'] };
    const result = await command(['keys', 'rotate', '--compromised'], [json({ keys: [{ kid: 'k' }] })], script);
    expect(result).toMatchObject({ exitCode: 0, body: { compromised: true } });
    expect(result.shell.questions).toEqual([
      ['End all tokens that were issued by https://lrs.example.com/xapi, of every store? [y/N] ', false],
    ]);
  });

  it('warns of a token that has no limits', async () => {
    const answer = { token: 't.o.k', tokenId: 'id', expires: '2026-11-22T10:00:00Z', scopes: ['state'] };
    const result = await command(['token', 'mint', '--json'], [json(answer)]);
    expect(result).toMatchObject({ exitCode: 0, body: {} });
    expect(result.messages).toContain('The token has no limits: whoever has it may do all that its scopes allow.');
    const limited = await command(['token', 'mint', '--actor', 'mailto:a@example.com', '--json'], [json(answer)]);
    expect(limited.messages).toBe('');
  });

  it('asks before it deletes', async () => {
    const line = ['credential', 'delete', 'k'];
    const no = await command(line, [noContent], { isInteractive: true, answers: ['n'] });
    expect(no).toMatchObject({ exitCode: 2, sent: [], messages: 'Nothing was changed.\n' });
    const yes = await command(line, [noContent], { isInteractive: true, answers: ['y'] });
    expect(yes).toMatchObject({ exitCode: 0, request: 'DELETE credentials/k', output: 'Deleted k.\n' });
    expect(yes.shell.questions).toEqual([['Delete the credential k of https://lrs.example.com/xapi? [y/N] ', false]]);
  });
});

describe('which LRS is used', () => {
  const who = json({ scopes: [] });

  it('is told where nobody has typed it, on standard error', async () => {
    for (const more of [[], ['--json']]) {
      const { fetch } = answering(who);
      const result = await lrs(['whoami', ...more], { variables: SOME_LRS, homeFolder, fetch });
      expect(result).toMatchObject({ exitCode: 0, messages: USING });
    }
  });

  it('is not told where it was typed, or is this machine', async () => {
    const typed = await lrs(['whoami', '--endpoint', 'https://lrs.example.com'], {
      ...answering(who),
      variables: SOME_LRS,
      homeFolder,
    });
    expect(typed).toMatchObject({ exitCode: 0, messages: '' });
    const variables = { ...SOME_LRS, LRS_ENDPOINT: 'http://127.0.0.1:8080/xapi' };
    expect(await lrs(['whoami'], { ...answering(who), variables, homeFolder })).toMatchObject({ messages: '' });
  });
});

describe('lists', () => {
  const KEY = '4f'.repeat(16);

  it('of credentials fit into 80 columns', async () => {
    const long = { key: KEY, label: 'The learning management system', scopes: ['statements/write', 'state'] };
    const items = [{ ...CREDENTIAL, ...long, expires: '2027-01-31T00:00:00Z', lastUsed: '2026-11-22' }];
    const { output } = await command(['credential', 'list'], [json({ items })], { columns: 80 });
    const lines = output.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[1]).toMatch(new RegExp(`^${KEY} .* to 2027-01-31  2026-11-22$`, 'u'));
  });

  it('of the audit fit into 80 columns, and cut nothing', async () => {
    const event = anAuditEvent({
      time: ANY_TIME,
      principal: KEY,
      subject: 'ab'.repeat(16),
      source: '2001:db8::1',
      action: 'credential-changed',
      details: { label: 'The learning management system of the Academy' },
    });
    const { output } = await command(['audit'], [json({ items: chainOf([event]) })], { columns: 80 });
    expect(output).toBe(
      [
        '#  TIME                  ACTION              RESULT',
        '1  2026-11-22 09:04:22Z  credential-changed  done',
        `    by ${KEY}`,
        `    subject ${'ab'.repeat(16)}  from 2001:db8::1`,
        '    details label: The learning management system of the Academy',
        '',
      ].join('\n'),
    );
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
    expect(result.messages).toContain('It is the current profile: commands that name no other LRS use it.\n');
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
    expect(await lrs(['profile', 'use', 'test'], { homeFolder })).toMatchObject({
      exitCode: 0,
      messages: 'test is the current profile now: commands that name no other LRS use it.\n',
    });
    const who = await command(['whoami'], [json({ scopes: [] })], { variables: {} });
    expect(who.output).toContain('https://test.example.com');
    expect(who.messages).toBe('Using https://test.example.com with the key of the profile test.\n');
    expect(await lrs(['profile', 'remove', 'test'], { homeFolder })).toMatchObject({
      exitCode: 0,
      messages: 'Removed test.\nThere is no current profile any more: lrs profile use makes one of the others it.\n',
    });
    expect(await lrs(['profile', 'use', 'test'], { homeFolder })).toMatchObject({
      exitCode: 2,
      messages: 'There is no profile "test"; there are: prod.\n',
    });
  });

  it('are not added with an empty key, and then no secret is asked for', async () => {
    const result = await lrs(ADD, { isInteractive: true, answers: [''], homeFolder });
    expect(result).toMatchObject({ exitCode: 2, messages: expect.stringContaining('The key cannot be empty') });
    expect(result.shell.questions).toEqual([['Key: ', false]]);
  });

  it('say that standard input is waited for where it is a terminal', async () => {
    const script = { isInteractive: true, homeFolder, input: '{"key":"a-key","secret":"s3cret"}' };
    expect((await lrs([...ADD, '--credential-stdin'], script)).messages).toMatch(
      /^Waiting for JSON with key and secret/u,
    );
  });

  it('warn of an endpoint to which secrets go in the clear', async () => {
    const line = ['profile', 'add', 'prod', '--endpoint', 'http://lrs.example.com', '--credential-stdin'];
    const result = await lrs(line, { homeFolder, input: '{"key":"a-key","secret":"s3cret"}' });
    expect(result.messages).toMatch(/^Others on the way to http:\/\/lrs\.example\.com can read the secret/u);
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
  it('says how lrs is called in a clone', async () => {
    expect((await lrs(['--help'])).output).toContain('In a clone of the project, lrs is called as npx lrs.');
  });

  it('of the audit has the options of its list', async () => {
    const { output } = await lrs(['audit', '--help']);
    expect(output).toMatch(/^Options of list:\n {2}--store <store> .*\n {2}--limit <count> .*\n {2}--oldest-first /mu);
  });

  it('of every command shows options and examples', async () => {
    const { output, exitCode } = await lrs(['credential', 'create', '--help']);
    expect(exitCode).toBe(0);
    for (const part of ['--scopes <list>', 'Global Options:', 'Examples:\n  lrs credential create']) {
      expect(output).toContain(part);
    }
  });
});

describe('--version', () => {
  it('is that of the package', async () => {
    const { version }: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(await lrs(['--version'])).toMatchObject({ exitCode: 0, output: `${version}\n`, messages: '' });
  });
});
