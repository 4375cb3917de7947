import type { Check, Inspection } from '../check.ts';
import type { Sent } from '../client.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';
import type { Place } from '../smoke-data.ts';

const CONSEQUENCE = {
  meaning:
    'Of two clients that change a document, one overwrites the other and nobody notices; or nobody can change it.',
  advice: 'If-Match and If-None-Match have to reach the functions: CloudFront has to pass all headers but Host.',
};

const OTHER_ETAG = '"0123456789abcdef0123456789abcdef01234567"';

export const preconditions: Check = {
  name: 'preconditions',
  proves: 'If-Match and If-None-Match decide whether a document is changed.',
  run: async (inspection) => {
    await inspectProfile(inspection, inspection.data.activityProfile('preconditions'));
    await inspectProfile(inspection, inspection.data.agentProfile('preconditions'));
    const state = inspection.data.state('preconditions');
    await put(inspection, state, {}, 204);
    await put(inspection, state, { 'if-match': OTHER_ETAG }, 412);
  },
};

async function inspectProfile(inspection: Inspection, place: Place): Promise<void> {
  await put(inspection, place, { 'if-none-match': '*' }, 204);
  await put(inspection, place, { 'if-none-match': '*' }, 412);
  await put(inspection, place, {}, 409);
  await put(inspection, place, { 'if-match': OTHER_ETAG }, 412);
  const { etag } = (await getDocument(inspection, place)).headers;
  // Without an ETag there is nothing to send back; header-names tells of it.
  if (etag !== undefined) await put(inspection, place, { 'if-match': etag }, 204);
}

async function put(inspection: Inspection, place: Place, headers: Sent['headers'], status: number): Promise<void> {
  const body = JSON.stringify({ headers });
  const answer = await putDocument(inspection, place, { body, headers: { ...headers } });
  const condition = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const request = `${answer.request} with ${condition.join() || 'no condition'}`;
  expectStatus(inspection, { ...answer, request }, status, CONSEQUENCE);
}
