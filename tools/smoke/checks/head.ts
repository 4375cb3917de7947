import { type Answer, describeAnswer } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { type Sent, standardHeaders, targetOf } from '../client.ts';
import { putDocument } from '../documents.ts';
import { rawExchange } from '../raw-exchange.ts';
import { aSmokeStatement } from '../smoke-data.ts';
import { putStatement } from '../statements.ts';

/** Of those that a client reads. Others, such as Date or those of CloudFront, may differ from request to request. */
const SAME = ['content-type', 'etag', 'last-modified', 'x-experience-api-version', 'cache-control'] as const;

const CONSEQUENCE = {
  meaning: 'Clients that look with HEAD whether something is there, or has changed, are misled.',
  advice: 'HEAD has to reach the functions: the routes of the API take ANY method, and CloudFront all of them.',
};

export const head: Check = {
  name: 'head',
  proves: 'HEAD is answered as GET is, with the same headers and no body.',
  run: async (inspection) => {
    const { data } = inspection;
    const statement = aSmokeStatement(data, 'head');
    await putStatement(inspection, statement);
    const place = data.state('head');
    await putDocument(inspection, place, { body: 'a document' });
    await compare(inspection, { path: '/about' });
    await compare(inspection, { path: '/statements', query: { statementId: statement.id } });
    await compare(inspection, place);
    await inspectBody(inspection, place);
  },
};

async function compare({ send, verify, note }: Inspection, sent: Sent): Promise<void> {
  const get = await send(sent);
  const headed = await send({ ...sent, method: 'HEAD' });
  if (headed.status >= 500) return;
  const differing = SAME.filter((name) => strong(headed.headers[name]) !== strong(get.headers[name]));
  verify(headed.status === get.status && differing.length === 0, {
    expected: `${get.status} with the headers of GET`,
    received: `${describeAnswer(headed)}${differing.map((name) => `, ${name}: ${headed.headers[name]}`).join('')}`,
    ...CONSEQUENCE,
  });
  noteLength(note, get, headed);
}

/** Who compresses on the way makes an ETag weak; HEAD has nothing to compress. */
function strong(value: string | undefined): string | undefined {
  return value?.replace(/^W\//u, '');
}

/** A length of 0 is wrong (RFC 9110, 9.3.2), but no client is known to rely on another. */
function noteLength(note: Inspection['note'], get: Answer, headed: Answer): void {
  const length = headed.headers['content-length'];
  if (length === undefined || length === String(get.body.length)) return;
  note(`${headed.request} has Content-Length ${length}, where GET has ${get.body.length} bytes`);
}

async function inspectBody({ endpoint, access, signal, pace, verify }: Inspection, sent: Sent): Promise<void> {
  const target = targetOf(endpoint, sent);
  const request = { endpoint, method: 'HEAD', target, headers: standardHeaders(access) };
  const bytes = await rawExchange(request, signal, pace.request);
  const end = bytes.indexOf('\r\n\r\n');
  const surplus = end === -1 ? bytes.length : bytes.length - end - 4;
  verify(end !== -1 && surplus === 0, {
    expected: 'nothing after the headers',
    received: `HEAD ${sent.path} gave ${surplus} bytes after them`,
    meaning: 'Clients take the body for the beginning of the next answer on the same connection.',
    advice: CONSEQUENCE.advice,
  });
}
