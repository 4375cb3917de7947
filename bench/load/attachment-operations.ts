import { createHash } from 'node:crypto';
import { expectIds, expectStatus, WrongAnswer } from '#bench/load/checks.ts';
import { Known } from '#bench/load/known.ts';
import { MadeAhead } from '#bench/load/made-ahead.ts';
import type { Operation } from '#bench/load/operation.ts';
import { statementAt, statementIdAt } from '#bench/support/generated.ts';

const IN_FLIGHT = 4;
/** Different ones that are got. */
const TO_GET = 50;
const BYTES = 200_000;
const BOUNDARY = 'bench-boundary';

/** In this order: what is posted is got. */
export function attachmentOperations(seed: string): readonly Operation[] {
  const known = new Known();
  const ready = new MadeAhead((index) => multipartAt(seed, index));
  const post: Operation = {
    name: 'POST attachment of 200 KB',
    inFlight: IN_FLIGHT,
    statements: 1,
    leavesWork: true,
    makeAhead: ready.makeAhead,
    begin: (client) => async (index) => {
      const { id, body } = ready.take(index);
      const type = `multipart/mixed; boundary=${BOUNDARY}`;
      const answer = await client.send({ method: 'POST', path: '/statements', type, body });
      return () => {
        expectStatus(answer, 200);
        expectIds(answer, [id]);
        known.add(client, index);
      };
    },
  };
  return [
    post,
    {
      name: 'GET attachment of 200 KB',
      inFlight: IN_FLIGHT,
      statements: 1,
      prepare: (client, count) => known.complete(client, post, Math.min(count, TO_GET)),
      begin: (client) => async (number) => {
        const index = known.pick(client, number);
        const query = { statementId: statementIdAt(seed, index), attachments: 'true' };
        const answer = await client.send({ method: 'GET', path: '/statements', query });
        return () => {
          expectStatus(answer, 200);
          if (!answer.body.includes(contentAt(seed, index))) throw new WrongAnswer('another attachment than was sent');
        };
      },
    },
  ];
}

function multipartAt(seed: string, index: number): { readonly id: string; readonly body: Buffer } {
  const content = contentAt(seed, index);
  const sha2 = createHash('sha256').update(content).digest('hex');
  const attachment = {
    usageType: 'http://example.com/usage/essay',
    display: { 'en-US': 'An essay' },
    contentType: 'application/octet-stream',
    length: content.length,
    sha2,
  };
  const statement = { ...statementAt(seed, index), attachments: [attachment] };
  const head =
    `--${BOUNDARY}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statement)}\r\n` +
    `--${BOUNDARY}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n` +
    `X-Experience-API-Hash: ${sha2}\r\n\r\n`;
  return {
    id: statement.id,
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  };
}

/** Text of its own for each, without a line that could be a boundary. */
function contentAt(seed: string, index: number): Buffer {
  return Buffer.alloc(BYTES, `${seed} ${index} what a learner has to say about safety at work; `);
}
