import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackfillAnswer, ExportAnswer, LakeAnswer } from '#access/admin-api.ts';
import { type RunningLrs, startLrs } from '#test/support/lrs.ts';
import { type CliResult, runCli } from '#test/support/run-cli.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { anAttachment, sha256Of } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const COUNT = 120;
const CONTENT = Buffer.from('a certificate');
const VERB = { id: 'http://example.com/verbs/certified' };

let lrs: RunningLrs;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-exports-'));
  lrs = await startLrs();
  const statements = Array.from({ length: COUNT }, (_, index) =>
    aStatement({
      actor: anAgent(index % 2 === 0 ? 'ann' : 'bob'),
      object: anActivity(`a${index}`, { name: { en: '=A1' } }),
    }),
  );
  await send(JSON.stringify(statements), { 'content-type': 'application/json' });
  const certified: Statement = aStatement({ verb: VERB, attachments: [anAttachment(CONTENT)] });
  const { body, headers } = aMultipart(certified, [CONTENT]);
  await send(body, headers);
});

afterAll(async () => {
  await lrs.stop();
  await rm(folder, { recursive: true });
});

async function send(body: string | Uint8Array, headers: Readonly<Record<string, string | undefined>>): Promise<void> {
  const response = await fetch(`${lrs.url}/statements`, {
    method: 'POST',
    headers: {
      Authorization: lrs.authorization,
      'X-Experience-API-Version': '2.0.0',
      'content-type': headers['content-type'] ?? '',
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  expect(response.status).toBe(200);
}

function command(...args: readonly string[]): Promise<CliResult> {
  const variables = { HOME: folder, LRS_ENDPOINT: lrs.url, LRS_KEY: lrs.key, LRS_SECRET: lrs.secret };
  return runCli({ workingFolder: folder, variables }, args);
}

async function jsonOf<Answer>(...args: readonly string[]): Promise<Answer> {
  const { exitCode, output, messages } = await command(...args, '--json');
  expect([exitCode, messages]).toEqual([0, '']);
  const answer: Answer = JSON.parse(output);
  return answer;
}

describe('somebody who wants statements in files', { timeout: 60_000 }, () => {
  it('gets them all as JSON Lines', async () => {
    const { progress, state } = await jsonOf<ExportAnswer>('export', '--output', 'all.jsonl.gz');
    expect({ state, statements: progress.statements }).toEqual({ state: 'done', statements: COUNT + 1 });
    const lines = gunzipSync(await readFile(join(folder, 'all.jsonl.gz')))
      .toString()
      .trim()
      .split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(COUNT + 1);
  });

  it('gets some as CSV, for a spreadsheet', async () => {
    const columns = 'actor.mbox,object.definition.name.en';
    const line = [
      'export',
      '--agent',
      'mailto:ann@example.com',
      '--format',
      'csv',
      '--columns',
      columns,
      '--limit',
      '2',
    ];
    const { exitCode, output } = await command(...line, '--output', 'ann.csv');
    expect([exitCode, output.includes('Saved')]).toEqual([0, true]);
    const csv = (await readFile(join(folder, 'ann.csv'))).toString();
    expect(csv).toMatch(/^actor\.mbox,object\.definition\.name\.en\r\nmailto:ann@example\.com,/u);
    expect(csv).toContain("'=A1\r\n");
  });

  it('gets files that were attached', async () => {
    await jsonOf<ExportAnswer>('export', '--verb', VERB.id, '--attachments', '--output', 'certificates/');
    expect((await readdir(join(folder, 'certificates'), { recursive: true })).toSorted()).toEqual([
      'attachments',
      'attachments-00001.jsonl.gz',
      `attachments/${sha256Of(CONTENT)}`,
      'part-00001.jsonl.gz',
    ]);
    expect(await readFile(join(folder, 'certificates', 'attachments', sha256Of(CONTENT)))).toEqual(CONTENT);
  });

  it('leaves an export to itself, looks at it later, and deletes it', async () => {
    const { id } = await jsonOf<ExportAnswer>('export', '--format', 'parquet', '--no-wait');
    expect((await command('export', 'download', id)).exitCode).toBe(0);
    expect(await readdir(folder)).toContain(`export-${id}.parquet`);
    const listed = await jsonOf<readonly ExportAnswer[]>('export', 'list', '--limit', '1');
    expect(listed.map((one) => one.id)).toEqual([id]);
    expect((await jsonOf<ExportAnswer>('export', 'cancel', id, '--yes')).state).toBe('cancelled');
    expect(await command('export', 'download', id)).toMatchObject({ exitCode: 1 });
  });

  it('learns which column was meant', async () => {
    const { exitCode, messages } = await command('export', '--format', 'csv', '--columns', 'actor.nmae');
    expect(exitCode).toBe(1);
    expect(messages).toContain('No statement has actor.nmae');
    expect(messages).toContain('expected actor.name');
  });

  it('learns which option was refused', async () => {
    const { exitCode, messages } = await command('export', '--verb', 'passed');
    expect(exitCode).toBe(1);
    expect(messages).toContain('--verb must be an IRI with a scheme. (received "passed")\n');
  });
});

describe('somebody who wants all statements in the lake', { timeout: 60_000 }, () => {
  it('brings them there, and sees what is there', async () => {
    const done = await jsonOf<BackfillAnswer>('lake', 'backfill', '--rate', '10000');
    expect(done).toMatchObject({ state: 'done', progress: { statements: COUNT + 1, share: 1 } });
    expect(await jsonOf<LakeAnswer>('lake', 'status')).toMatchObject({ store: 'default', rows: COUNT + 1 });
    expect((await command('lake', 'watch', done.id)).output).toContain('done');
  });
});
