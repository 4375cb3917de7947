import { describeAnswer } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { basic } from '../client.ts';
import { putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';
import type { Place } from '../smoke-data.ts';

/** Bytes of a query string that has to get through: CloudFront takes URLs of 8,192, API Gateway heads of 10,240. */
const LONG = 7_500;

/** Bytes that nobody has to let through. */
const TOO_LONG = [9_200, 12_000] as const;

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const ALTERNATE = {
  meaning: 'Clients whose parameters are longer than a URL may be, and old browsers, cannot ask.',
  advice:
    'Exclude the rule SizeRestrictions_BODY (8 KB) from the rules of the firewall, and let POST and its query string ' +
    'reach the functions.',
};

export const longUrls: Check = {
  name: 'long-urls',
  proves: 'A query string of 7,500 bytes gets through; what longer ones get is told.',
  run: async (inspection) => {
    const { data, send, note } = inspection;
    const place = data.state('long-urls');
    await putDocument(inspection, place, { body: 'found' });
    expectStatus(inspection, await send(padded(place, LONG)), 200, {
      meaning: 'Clients that ask for an agent with a long name, or with several filters, are refused.',
      advice: 'Exclude the rule SizeRestrictions_QUERYSTRING (2,048 bytes) from the rules of the firewall.',
    });
    for (const length of TOO_LONG) {
      const { status } = await send(padded(place, length));
      note(`${length.toLocaleString('en')} bytes: ${status}`);
    }
  },
};

export const alternateSyntax: Check = {
  name: 'alternate-syntax',
  proves: 'What is too long for a URL is sent as a form (1.0.x), and answered as the GET would be.',
  run: async (inspection) => {
    const { data, send, verify } = inspection;
    const place = data.state('alternate-syntax');
    await putDocument(inspection, place, { body: 'found' });
    const { query } = padded(place, 11_000);
    const form = { method: 'POST', path: place.path, query: 'method=GET', headers: FORM_TYPE };
    const answer = await send({ ...form, body: new URLSearchParams(query).toString() });
    const isOk = expectStatus(inspection, answer, 200, ALTERNATE);
    verify(!isOk || answer.body.toString() === 'found', {
      expected: 'the document',
      received: describeAnswer(answer),
      ...ALTERNATE,
    });
    await inspectHeadersInForm(inspection, place);
  },
};

/** Clients that cannot set headers put them into the form. */
async function inspectHeadersInForm(inspection: Inspection, { path, query }: Place): Promise<void> {
  const { send, access } = inspection;
  const body = new URLSearchParams({
    ...query,
    Authorization: basic(access),
    'X-Experience-API-Version': '1.0.3',
  }).toString();
  const headers = { ...FORM_TYPE, authorization: undefined, 'x-experience-api-version': undefined };
  expectStatus(inspection, await send({ method: 'POST', path, query: 'method=GET', headers, body }), 200, ALTERNATE);
}

/** The same document, its agent with a name so long that the query string has this many bytes. */
function padded(place: Place, length: number): Place {
  const agent: object = JSON.parse(place.query['agent'] ?? '{}');
  const named = (name: string): Place => ({
    ...place,
    query: { ...place.query, agent: JSON.stringify({ ...agent, name }) },
  });
  const bytes = new URLSearchParams(named('').query).toString().length;
  return named('n'.repeat(Math.max(0, length - bytes)));
}
