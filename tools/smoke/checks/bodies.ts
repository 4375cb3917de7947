import { randomBytes } from 'node:crypto';
import { type Answer, describeAnswer, memberIn, NoAnswer } from '../answer.ts';
import { BINARY, expectBytes } from '../binary.ts';
import type { Check, Inspection } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';

/** Bytes: the largest document. In base64 it fills most of an event, and of an answer, on Lambda. */
const LARGEST = 4 * 1024 * 1024;
/** Bytes that still fit an event, in base64, so that the function is asked; it refuses the document. */
const LARGEST_EVENT = 4_450_000;
/** Bytes that do not, but are within what API Gateway takes. */
const OVER_EVENT = 5_000_000;
/** Bytes beyond what API Gateway takes. */
const OVER_GATEWAY = 10_600_000;

const LARGE = {
  meaning: 'Clients cannot store documents and attachments of the size that the LRS promises.',
  advice:
    'API Gateway takes 10 MB and Lambda 6 MB: find who takes less. With a firewall exclude the rule ' +
    `SizeRestrictions_BODY. ${BINARY.advice}`,
};

export const largeBodies: Check = {
  name: 'large-bodies',
  proves: 'A binary document of 4 MiB is stored and given back unchanged, and bodies of 4.45 MB reach the function.',
  run: async (inspection) => {
    const { data, verify } = inspection;
    const place = data.state('large-bodies');
    const body = randomBytes(LARGEST);
    if (expectStatus(inspection, await putDocument(inspection, place, { body }), 204, LARGE)) {
      expectBytes(inspection, await getDocument(inspection, place), body, 'the largest document');
    }
    const refused = await putDocument(inspection, place, { body: randomBytes(LARGEST_EVENT) });
    if (!expectStatus(inspection, refused, 413, LARGE)) return;
    verify(memberIn(refused, 'code') === 'request-too-large', {
      expected: 'the LRS’s own 413, with the code request-too-large',
      received: describeAnswer(refused),
      ...LARGE,
    });
  },
};

export const oversizedBodies: Check = {
  name: 'oversized-bodies',
  proves: 'Bodies that are too large for Lambda (6 MB) or for API Gateway (10 MB) get 413.',
  run: async (inspection) => {
    await inspectOversized(inspection, OVER_EVENT);
    try {
      await inspectOversized(inspection, OVER_GATEWAY);
    } catch (error) {
      // The gateway may hang up before all was sent; a client sees an error either way, and sends no less by knowing more.
      if (!(error instanceof NoAnswer)) throw error;
      inspection.note(`${OVER_GATEWAY.toLocaleString('en')} bytes: ${error.message}`);
    }
  },
};

async function inspectOversized(inspection: Inspection, size: number): Promise<void> {
  const answer = await putDocument(inspection, inspection.data.state('oversized-bodies'), { body: randomBytes(size) });
  inspection.note(`${size.toLocaleString('en')} bytes: ${describe(answer)}`);
  inspection.verify(answer.status === 413 || answer.status >= 500, {
    expected: '413',
    received: describeAnswer(answer),
    meaning: 'Clients do not learn that they have to send less, and send the same again and again.',
    advice: 'Nothing can be set for it in API Gateway. Tell content to keep requests below 4.5 MB.',
  });
}

/** A browser shows content a network error where there is no CORS. */
function describe({ status, headers }: Answer): string {
  const cors = headers['access-control-allow-origin'] === undefined ? ', without CORS' : '';
  return `${status} with ${headers['content-type'] ?? 'no Content-Type'}${cors}`;
}
