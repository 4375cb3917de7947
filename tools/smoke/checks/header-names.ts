import type { Check, Inspection } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectHeaders, type HeaderName } from '../header-names.ts';
import { aSmokeStatement } from '../smoke-data.ts';
import { getStatement, putStatement } from '../statements.ts';

/** What every answer has. */
const COMMON: readonly HeaderName[] = ['Content-Type', 'X-Experience-API-Version', 'Cache-Control'];

const OF_STATEMENTS: readonly HeaderName[] = [...COMMON, 'X-Experience-API-Consistent-Through'];

/** Not one that anybody would put in its place. */
const CONTENT_TYPE = 'application/vnd.serverless-lrs.smoke; charset=utf-8';

export const headerNames: Check = {
  name: 'header-names',
  proves: 'The headers that clients read arrive under their own names.',
  run: async (inspection) => {
    const { send, data } = inspection;
    const refused = await send({ path: '/statements', headers: { authorization: undefined } });
    expectHeaders(inspection, refused, [...OF_STATEMENTS, 'WWW-Authenticate']);
    const statement = aSmokeStatement(data, 'header-names');
    await putStatement(inspection, statement);
    expectHeaders(inspection, await getStatement(inspection, statement.id), [...OF_STATEMENTS, 'Last-Modified']);
    expectHeaders(inspection, await send({ method: 'PATCH', path: '/activities/state' }), [...COMMON, 'Allow']);
    await inspectDocument(inspection);
  },
};

async function inspectDocument(inspection: Inspection): Promise<void> {
  const place = inspection.data.state('header-names');
  await putDocument(inspection, place, { body: 'text', headers: { 'content-type': CONTENT_TYPE } });
  const answer = await getDocument(inspection, place);
  expectHeaders(inspection, answer, [...COMMON, 'ETag', 'Last-Modified']);
  const received = answer.headers['content-type'];
  inspection.verify(received === CONTENT_TYPE, {
    expected: `a document with the Content-Type it was sent with: ${CONTENT_TYPE}`,
    received: received ?? 'no Content-Type',
    meaning: 'Documents come back as something else than they were, and clients cannot read them.',
    advice: 'Find what changes Content-Type, on the way in or out: a mapping of the API or a function of CloudFront.',
  });
}
