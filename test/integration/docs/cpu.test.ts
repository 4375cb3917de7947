import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { aTypicalStatement } from '#bench/support/typical.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { sha256Of } from '#test/support/signed-statements.ts';
import { ASSUMPTIONS } from '#tools/cost/assumptions.ts';
import { BATCHES, CPU_MS } from '#tools/cost/capacity.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const STATE = {
  activityId: 'http://example.com/a',
  agent: JSON.stringify({ mbox: 'mailto:ann@example.com' }),
  stateId: 'bookmark',
};
const ATTACHMENT_KB = 100;
const ROUNDS = 3;

/** Milliseconds that the reference takes on the machine that the bounds are for. */
const REFERENCE_MS = 10;

let functions: Functions;
let id: string;
/** How many times slower this machine is; 1 on one that is faster. */
let slowness: number;

function post(count: number): Promise<unknown> {
  const body = JSON.stringify(Array.from({ length: count }, () => aTypicalStatement()));
  return functions.send('/statements', { method: 'POST', headers: JSON_BODY, body });
}

function postAttachment(): Promise<unknown> {
  const content = randomBytes(ATTACHMENT_KB * 1_024);
  const attachment = {
    usageType: 'http://example.com/usage',
    display: { en: 'a file' },
    contentType: 'text/plain',
    length: content.length,
    sha2: sha256Of(content),
  };
  const { headers, body } = aMultipart({ ...aTypicalStatement(), attachments: [attachment] }, [content]);
  return functions.send('/statements', { method: 'POST', headers, body });
}

/** Milliseconds of CPU for one of them: the least of some rounds, because the first ones compile. */
async function cpuOf(operation: () => Promise<unknown>, times: number): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await operation();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000 / times);
  }
  return least;
}

/** Work of the kind that requests are made of, and always the same. */
async function reference(): Promise<void> {
  const text = JSON.stringify(aTypicalStatement());
  for (let time = 0; time < 1_000; time += 1) JSON.stringify(JSON.parse(text));
}

beforeAll(async () => {
  slowness = Math.max(1, (await cpuOf(reference, 5)) / REFERENCE_MS);
  functions = await startFunctions();
  id = randomUUID();
  const body = JSON.stringify(aTypicalStatement());
  await functions.send('/statements', { method: 'PUT', query: { statementId: id }, headers: JSON_BODY, body });
  for (let time = 0; time < 60; time += 1) await post(1);
});

describe('CPU time in tools/cost/capacity.ts', () => {
  it.each(BATCHES)('holds for an array of %i', async (batch) => {
    expect(await cpuOf(() => post(batch), Math.max(3, Math.round(30 / batch)))).toBeLessThanOrEqual(
      slowness * CPU_MS.store[batch],
    );
  });

  it('holds for an attachment', async () => {
    const bound = CPU_MS.store[1] + CPU_MS.attachmentKb * ATTACHMENT_KB;
    expect(await cpuOf(postAttachment, 20)).toBeLessThanOrEqual(slowness * bound);
  });

  it('holds for a statement by its id', async () => {
    expect(await cpuOf(() => functions.send('/statements', { query: { statementId: id } }), 30)).toBeLessThanOrEqual(
      slowness * CPU_MS.get,
    );
  });

  it('holds for a page', async () => {
    const page = { query: { limit: '50' }, headers: { 'accept-encoding': 'gzip' } };
    expect(await cpuOf(() => functions.send('/statements', page), 20)).toBeLessThanOrEqual(slowness * CPU_MS.page);
  });

  it('holds for a state', async () => {
    const body = JSON.stringify({ position: 'x'.repeat(480) });
    const put = () => functions.send('/activities/state', { method: 'PUT', query: STATE, headers: JSON_BODY, body });
    expect(await cpuOf(put, 30)).toBeLessThanOrEqual(slowness * CPU_MS.putState);
    expect(await cpuOf(() => functions.send('/activities/state', { query: STATE }), 30)).toBeLessThanOrEqual(
      slowness * CPU_MS.getState,
    );
  });
});

describe('the line of a request in the log', () => {
  it('has at most the bytes that the cost model assumes', async () => {
    await post(1);
    expect(functions.log.at(-1)?.length).toBeLessThanOrEqual(ASSUMPTIONS.functionLogBytes.value);
    expect(functions.log.at(-1)?.length).toBeGreaterThan(ASSUMPTIONS.functionLogBytes.value / 2);
  });
});
