import { createHash, randomUUID } from 'node:crypto';
import { parseMediaType } from '#http/media-type.ts';
import { parseMultipart } from '#http/multipart/parse-multipart.ts';
import { writeMultipart } from '#http/multipart/write-multipart.ts';
import { type Answer, describeAnswer } from '../answer.ts';
import { ALL_BYTES, BINARY } from '../binary.ts';
import type { Check } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { aSmokeStatement, SMOKE_IRI } from '../smoke-data.ts';
import { store } from '../statements.ts';

const CONTENT = Buffer.concat([ALL_BYTES, Buffer.from('\r\n--\r\n'), ALL_BYTES]);
const SHA2 = createHash('sha256').update(CONTENT).digest('hex');
const TYPE = 'application/octet-stream';

const ATTACHMENT = {
  usageType: `${SMOKE_IRI}/attachment`,
  display: { en: 'all bytes' },
  contentType: TYPE,
  length: CONTENT.length,
  sha2: SHA2,
};

export const attachments: Check = {
  name: 'attachments',
  proves: 'An attachment arrives and comes back by multipart/mixed, byte for byte.',
  run: async (inspection) => {
    const { data, send, verify } = inspection;
    const statement = { ...aSmokeStatement(data, 'attachments'), attachments: [ATTACHMENT] };
    const stored = await store(inspection, [statement], {
      method: 'POST',
      path: '/statements',
      ...withContent(statement),
    });
    if (!expectStatus(inspection, stored, 200, BINARY)) return;
    const query = { statementId: statement.id, attachments: 'true' };
    const answer = await send({ path: '/statements', query });
    if (!expectStatus(inspection, answer, 200, BINARY)) return;
    verify(contentIn(answer)?.equals(CONTENT) === true, {
      expected: `a part with ${CONTENT.length} bytes whose SHA-256 is ${SHA2}`,
      received: describeContent(answer),
      ...BINARY,
    });
  },
};

function withContent(statement: object): { readonly headers: Record<string, string>; readonly body: Uint8Array } {
  const headers = { 'Content-Type': TYPE, 'Content-Transfer-Encoding': 'binary', 'X-Experience-API-Hash': SHA2 };
  const json = { headers: { 'Content-Type': 'application/json' }, content: Buffer.from(JSON.stringify(statement)) };
  const { boundary, body } = writeMultipart([json, { headers, content: CONTENT }], randomUUID);
  return { headers: { 'content-type': `multipart/mixed; boundary=${boundary}` }, body };
}

/** The content of the part behind the statement; undefined when there is none. */
function contentIn({ headers, body }: Answer): Buffer | undefined {
  try {
    const { parameters } = parseMediaType(headers['content-type']);
    const [, part] = parseMultipart(body, parameters.get('boundary') ?? '');
    return part === undefined ? undefined : Buffer.from(part.content);
  } catch {
    return undefined;
  }
}

function describeContent(answer: Answer): string {
  const content = contentIn(answer);
  if (content === undefined) return `${describeAnswer(answer)}, and no such part`;
  return `${content.length} bytes whose SHA-256 is ${createHash('sha256').update(content).digest('hex')}`;
}
