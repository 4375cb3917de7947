import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { adminRequestFault } from '#test/support/admin-request-fault.ts';
import { ANY_TIME, lrs, type SentRequest, type ShellScript, SOME_LRS } from '#test/support/cli-shell.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const API = 'https://lrs.example.com/admin/v1/';
const S3 = 'https://s3.example.com/';
const ID = '0mhs3k2ab04fk29x0a1';

const EXPORT = {
  id: ID,
  store: 'default',
  state: 'done',
  query: {},
  format: 'jsonl',
  attachments: false,
  created: '2026-11-22T09:00:00.000Z',
  createdBy: 'a-key',
  progress: { statements: 1_234, files: 2, bytes: 99 },
};

const BACKFILL = {
  id: ID,
  store: 'default',
  state: 'done',
  until: '2026-11-22T09:00:00.000Z',
  rate: 500,
  created: '2026-11-22T09:00:00.000Z',
  createdBy: 'a-key',
  progress: { statements: 10, share: 1 },
};

let workingFolder: string;

beforeEach(async () => {
  workingFolder = await temporaryFolder();
});

/** An LRS in which there is an export, in these states one after the other, with these files. */
function anLrs(answers: readonly object[], files: Readonly<Record<string, Buffer | number>> = {}) {
  const sent: SentRequest[] = [];
  const left = [...answers];
  const fetch: NonNullable<ShellScript['fetch']> = async (url, { method = 'GET', headers, body }) => {
    const text = typeof body === 'string' ? body : undefined;
    const request = { method, url, headers: new Headers(headers), body: text && JSON.parse(text) };
    sent.push(request);
    if (url.startsWith(S3)) {
      const file = files[url.slice(S3.length)] ?? 404;
      return typeof file === 'number' ? new Response('', { status: file }) : new Response(new Uint8Array(file));
    }
    expect(adminRequestFault(method, `/${url.slice(API.length)}`, request.body)).toBeUndefined();
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (url.includes('/files')) return Response.json({ items: Object.keys(files).map(aFile) });
    const answer = left.length > 1 ? left.shift() : left[0];
    return Response.json(answer, { status: method === 'POST' ? 201 : 200 });
  };
  return { sent, fetch };
}

function aFile(name: string): object {
  const expires = new Date(ANY_TIME + 900_000).toISOString();
  return { name, kind: 'statements', bytes: 1, url: `${S3}${name}`, expires };
}

async function command(line: readonly string[], world: ReturnType<typeof anLrs>, script: ShellScript = {}) {
  const options = { variables: SOME_LRS, workingFolder, homeFolder: workingFolder, fetch: world.fetch, ...script };
  const result = await lrs(line, options);
  const [first] = world.sent;
  return { ...result, request: first && `${first.method} ${first.url.replace(API, '')}`, body: first?.body };
}

describe('lrs export', () => {
  it.each([
    [['export', '--no-wait'], 'POST exports', {}],
    [['export', 'create', '--no-wait', '--store', 'acme'], 'POST exports?store=acme', {}],
    [
      (
        'export --no-wait --agent mailto:ann@example.com --related-agents --verb http://v.example ' +
        '--activity http://a.example --related-activities --since 2026-09-01 --limit 7 --until 2026-09-30T12:00+02:00 ' +
        '--ascending --statement-format canonical --language de ' +
        '--registration 0bd8a8d5-2f6a-4c6c-9d0a-0d3f1b6f3c11 --attachments'
      ).split(' '),
      'POST exports',
      {
        query: {
          agent: { mbox: 'mailto:ann@example.com' },
          verb: 'http://v.example',
          activity: 'http://a.example',
          registration: '0bd8a8d5-2f6a-4c6c-9d0a-0d3f1b6f3c11',
          related_agents: true,
          related_activities: true,
          since: '2026-09-01T00:00:00Z',
          until: '2026-09-30T12:00:00+02:00',
          limit: 7,
          ascending: true,
          format: 'canonical',
        },
        attachments: true,
        language: 'de',
      },
    ],
    [
      ['export', '--no-wait', '--format', 'csv', '--columns', 'actor.name, result.extensions["http://x/,y"] ,id'],
      'POST exports',
      { format: 'csv', columns: ['actor.name', 'result.extensions["http://x/,y"]', 'id'] },
    ],
    [['export', 'show', ID], `GET exports/${ID}`, undefined],
    [['export', 'list', '--limit', '3'], 'GET exports?limit=3', undefined],
    [['export', 'cancel', ID, '--yes'], `DELETE exports/${ID}`, undefined],
    [['lake', 'status'], 'GET lake', undefined],
    [['lake', 'backfills'], 'GET lake/backfills?limit=200', undefined],
    [['lake', 'watch', ID, '--store', 'acme'], `GET lake/backfills/${ID}?store=acme`, undefined],
    [['lake', 'cancel', ID], `DELETE lake/backfills/${ID}`, undefined],
    [
      ['lake', 'backfill', '--no-wait', '--since', '2026-01-01', '--rate', '2000'],
      'POST lake/backfills',
      { since: '2026-01-01T00:00:00Z', rate: 2_000 },
    ],
  ])('%j sends %s', async (line, request, body) => {
    const answer = line[0] === 'lake' ? BACKFILL : EXPORT;
    const isList = ['list', 'backfills'].includes(line[1] ?? '');
    const world = anLrs([isList ? { items: [answer] } : answer]);
    expect(await command(line, world)).toMatchObject({ exitCode: 0, request, body });
  });

  it.each([
    [['--format', 'xlsx'], '--format'],
    [['--format', 'csv', '--columns', ' , '], '--columns'],
    [['--columns', 'id'], 'give --format csv'],
    [['--since', 'yesterday'], '--since'],
    [['--since', '2026-13-01'], '--since'],
    [['--until', '2026-01-01T00:00'], '--until'],
    [['--since', '2026-09-02', '--until', '2026-09-01'], '--since is "2026-09-02"; it has to be before --until'],
    [['--since', '2026-09-01', '--until', '2026-09-01T02:00+02:00'], 'which is "2026-09-01T02:00+02:00"'],
    [['--limit', '0'], '--limit'],
    [['--agent', 'ann'], '--agent'],
    [['--attachments', '--output', 'file.jsonl.gz'], 'give a folder'],
    [['--output', 'plain.jsonl'], 'plain.jsonl is no name for jsonl, which is gzip: let it end in .jsonl.gz'],
    [['--output', 'scores.csv'], 'or give another --format'],
    [['--format', 'csv', '--output', 'scores.csv.gz'], 'let it end in .csv'],
    [['--format', 'parquet', '--output', 'Scores.CSV'], 'let it end in .parquet'],
    [['--no-wait', '--output', 'x.jsonl.gz'], 'lrs export download'],
  ])('with %j is not sent', async (options, message) => {
    const world = anLrs([EXPORT]);
    const result = await command(['export', ...options], world);
    expect(result.exitCode).toBe(2);
    expect(result.messages).toContain(message);
    expect(world.sent).toEqual([]);
  });

  it('is shown with all that was asked for', async () => {
    const asked = { ...EXPORT, query: { format: 'canonical' }, attachments: true, language: 'de-CH,de' };
    const { output } = await command(['export', 'show', ID], anLrs([asked]));
    expect(output).toMatch(/^Query +format: canonical\n/mu);
    expect(output).toMatch(/^Attachments +yes\nLanguage +de-CH,de\n/mu);
  });

  it('has no backfill of a period that ends before it begins', async () => {
    const world = anLrs([BACKFILL]);
    const result = await command(['lake', 'backfill', '--since', '2026-09-02', '--until', '2026-09-01'], world);
    expect(result.exitCode).toBe(2);
    expect(result.messages).toContain('--since is "2026-09-02"; it has to be before --until, which is "2026-09-01".');
    expect(world.sent).toEqual([]);
  });

  it('waits, tells how to come back, and joins all parts into one file', async () => {
    const running = { ...EXPORT, state: 'running' };
    const files = { 'part-00001.jsonl.gz': gzipSync('one\n'), 'part-00002.jsonl.gz': gzipSync('two\n') };
    const world = anLrs([{ ...EXPORT, state: 'queued' }, running, running, EXPORT], files);
    const result = await command(['export', '--output', 'all.jsonl.gz'], world, { showsProgress: true });
    expect(result.exitCode).toBe(0);
    expect(result.messages).toContain(`Export ${ID} goes on if you leave: lrs export download ${ID}\n`);
    expect(result.messages).toContain('1,234 statements in 2 files');
    expect(result.output).toContain('all.jsonl.gz');
    expect(gunzipSync(await readFile(join(workingFolder, 'all.jsonl.gz'))).toString()).toBe('one\ntwo\n');
    expect(await readdir(workingFolder)).toEqual(['all.jsonl.gz']);
    expect(result.shell.pauses).toEqual([250, 375]);
  });

  it('sends the credential to the LRS, and nowhere else', async () => {
    const world = anLrs([EXPORT], { 'part-00001.jsonl.gz': gzipSync('') });
    await command(['export'], world);
    const [toS3, ...others] = world.sent.filter(({ url }) => url.startsWith(S3));
    expect(others).toEqual([]);
    expect(toS3?.headers.get('authorization')).toBeNull();
    expect(await readdir(workingFolder)).toEqual([`export-${ID}.jsonl.gz`]);
  });

  it('joins CSV under one line of names', async () => {
    const files = {
      'part-00001.csv': Buffer.from('a,b\r\n1,"x\r\ny"\r\n'),
      'part-00002.csv': Buffer.from('a,b\r\n2,z\r\n'),
    };
    const world = anLrs([{ ...EXPORT, format: 'csv' }], files);
    await command(['export', '--format', 'csv', '--output', 'all.csv'], world);
    expect((await readFile(join(workingFolder, 'all.csv'))).toString()).toBe('a,b\r\n1,"x\r\ny"\r\n2,z\r\n');
  });

  it('saves files as they are into a folder', async () => {
    const files = { 'part-00001.parquet': Buffer.from('1'), 'attachments/ab': Buffer.from('2') };
    await mkdir(join(workingFolder, 'there'));
    const exported = { ...EXPORT, format: 'parquet', attachments: true };
    for (const output of ['new/', 'there']) {
      expect((await command(['export', 'download', ID, '--output', output], anLrs([exported], files))).exitCode).toBe(
        0,
      );
      const folder = join(workingFolder, output);
      expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
        'attachments',
        'attachments/ab',
        'part-00001.parquet',
      ]);
    }
  });

  it('makes a folder of what cannot be one file, and says so when a file is wanted', async () => {
    const exported = { ...EXPORT, format: 'parquet' };
    const files = { 'part-00001.parquet': Buffer.from('1'), 'part-00002.parquet': Buffer.from('2') };
    expect((await command(['export', 'download', ID], anLrs([exported], files))).exitCode).toBe(0);
    expect(await readdir(join(workingFolder, `export-${ID}`))).toEqual(Object.keys(files));
    const refused = await command(['export', 'download', ID, '--output', 'one.parquet'], anLrs([exported], files));
    expect(refused).toMatchObject({ exitCode: 1, messages: expect.stringContaining('cannot be one file') });
  });

  it('writes over no file', async () => {
    await writeFile(join(workingFolder, 'mine'), 'mine');
    const world = anLrs([EXPORT]);
    expect(await command(['export', '--output', 'mine'], world)).toMatchObject({ exitCode: 2 });
    expect(world.sent).toEqual([]);
  });

  it.each(['part-00007.csv', 'attachments', 'attachments-00001.jsonl.gz'])(
    'puts no export into a folder that has %s of another',
    async (name) => {
      await mkdir(join(workingFolder, 'there'));
      await writeFile(join(workingFolder, 'there', name), 'mine');
      const world = anLrs([EXPORT]);
      const result = await command(['export', '--output', 'there'], world);
      expect(result).toMatchObject({ exitCode: 2, messages: expect.stringContaining(`${name} is there already`) });
      expect(world.sent).toEqual([]);
    },
  );

  it('refuses a name that says something else, also of an export that was made before', async () => {
    const world = anLrs([EXPORT], { 'part-00001.jsonl.gz': gzipSync('') });
    const result = await command(['export', 'download', ID, '--output', 'all.json'], world);
    expect(result).toMatchObject({
      exitCode: 1,
      messages: expect.stringContaining('\nall.json is no name for jsonl, which is gzip: let it end in .jsonl.gz.\n'),
    });
    expect(await readdir(workingFolder)).toEqual([]);
  });

  it('makes the folder that a file is wanted in, and says what cannot be written', async () => {
    const world = anLrs([EXPORT], { 'part-00001.jsonl.gz': gzipSync('one\n') });
    expect(await command(['export', 'download', ID, '--output', 'a/b/x.gz'], world)).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(workingFolder, 'a/b'))).toEqual(['x.gz']);
    const refused = await command(['export', 'download', ID, '--output', 'a/b/x.gz/y.gz'], world);
    expect(refused).toMatchObject({ exitCode: 1, messages: expect.stringContaining('y.gz cannot be written: ') });
  });

  it('counts files that are too many to be named', async () => {
    const names = ['part-00001.csv', 'attachments-00001.jsonl.gz', 'attachments/ab', 'attachments/cd'];
    const files = Object.fromEntries(names.map((name) => [name, Buffer.from('x')]));
    const world = anLrs([{ ...EXPORT, format: 'csv', attachments: true }], files);
    const { output } = await command(['export', 'download', ID, '--output', 'all/'], world);
    expect(output).toContain(`Saved        4 files in ${join(workingFolder, 'all')}\n`);
  });

  it.each([
    [{ ...EXPORT, state: 'failed', failure: 'Too bad.' }, 'Too bad.'],
    [{ ...EXPORT, state: 'cancelled' }, 'cancelled'],
  ])('ends when it ends otherwise: %#', async (answer, message) => {
    const result = await command(['export', 'download', ID], anLrs([answer]));
    expect(result).toMatchObject({ exitCode: 1, messages: expect.stringContaining(message) });
  });

  it('tells when files are gone, and tries again what fails for now', async () => {
    expect(await command(['export', 'download', ID], anLrs([EXPORT]))).toMatchObject({
      exitCode: 1,
      messages: expect.stringContaining('not there any more'),
    });
    const busy = await command(['export', 'download', ID], anLrs([EXPORT], { 'part-00001.jsonl.gz': 503 }));
    expect(busy).toMatchObject({ exitCode: 1, messages: expect.stringContaining('status 503') });
    expect(busy.shell.pauses).toHaveLength(3);
    expect(await readdir(workingFolder)).toEqual([]);
    const gone = await command(['export', 'download', ID], anLrs([EXPORT], { 'part-00001.jsonl.gz': 403 }));
    expect(gone).toMatchObject({ exitCode: 1, messages: expect.stringContaining('status 403') });
    expect(gone.shell.pauses).toEqual([]);
  });

  it('writes nothing outside the folder, whatever files are called', async () => {
    const world = anLrs([EXPORT], { '../evil': Buffer.from('x') });
    const result = await command(['export', 'download', ID, '--output', 'folder/'], world);
    expect(result).toMatchObject({ exitCode: 1, messages: expect.stringContaining('no name of a file') });
  });

  it('prints JSON with what was saved', async () => {
    const world = anLrs([EXPORT], { 'part-00001.jsonl.gz': gzipSync('') });
    const { output, messages } = await command(['export', '--output', 'x.gz', '--json'], world);
    expect(JSON.parse(output)).toEqual({ ...EXPORT, saved: [join(workingFolder, 'x.gz')] });
    expect(messages).not.toContain('goes on');
  });
});

describe('lrs lake backfill', () => {
  it('shows a bar, and tells how to come back', async () => {
    const running = { ...BACKFILL, state: 'running', progress: { statements: 5, share: 0.5 } };
    const result = await command(['lake', 'backfill'], anLrs([running, running, BACKFILL]), { showsProgress: true });
    expect(result.exitCode).toBe(0);
    expect(result.messages).toContain(`Backfill ${ID} goes on if you leave: lrs lake watch ${ID}\n`);
    expect(result.messages).toContain('[###############---------------]  50 %  5 statements');
  });
});
