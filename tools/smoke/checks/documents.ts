import { ALL_BYTES, BINARY, expectBytes } from '../binary.ts';
import type { Check, Inspection } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';

/** `Übung` in ISO 8859-1, which is no UTF-8. */
const LATIN_1 = Buffer.from('Übung', 'latin1');

export const binaryDocuments: Check = {
  name: 'binary-documents',
  proves: 'A document comes back byte for byte, whatever bytes it has and however they were sent.',
  run: async (inspection) => {
    await roundTrip(inspection, 'all bytes', ALL_BYTES);
    await roundTrip(inspection, 'no bytes', Buffer.alloc(0));
    await roundTrip(inspection, 'all bytes, sent in chunks', ALL_BYTES, true);
    await noteLatin1(inspection);
  },
};

async function roundTrip(inspection: Inspection, what: string, body: Buffer, chunked = false): Promise<void> {
  const place = inspection.data.state(what);
  const stored = await putDocument(inspection, place, { body, chunked });
  if (expectStatus(inspection, stored, 204, BINARY)) {
    expectBytes(inspection, await getDocument(inspection, place), body, what);
  }
}

/** A gateway that hands texts on as UTF-8 changes it. Nothing could be done about that, and hardly anybody sends it. */
async function noteLatin1(inspection: Inspection): Promise<void> {
  const place = inspection.data.state('latin-1');
  const headers = { 'content-type': 'text/plain; charset=iso-8859-1' };
  await putDocument(inspection, place, { body: LATIN_1, headers });
  const { body, status } = await getDocument(inspection, place);
  if (status === 200 && !body.equals(LATIN_1)) inspection.note('texts in other encodings than UTF-8 come back changed');
}
