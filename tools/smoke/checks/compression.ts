import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Answer } from '../answer.ts';
import { expectBytes } from '../binary.ts';
import type { Check, Inspection } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';
import { MOST_BYTES } from '../received-bytes.ts';
import type { Place } from '../smoke-data.ts';

const TYPE = 'application/json';
/** Long enough to be worth compressing. */
const CONTENT = Buffer.from(JSON.stringify(Array.from({ length: 500 }, (_, number) => ({ number, text: 'é €' }))));

const DECODERS = { gzip: gunzipSync, br: brotliDecompressSync } as const;

const CONSEQUENCE = {
  meaning: 'Clients that compress, which every browser lets them, send or get what nobody can read.',
  advice:
    'Content-Encoding and Accept-Encoding have to reach the functions, and compressed bodies to stay as they are.',
};

export const compression: Check = {
  name: 'compression',
  proves: 'Compressed bodies are understood, and answers are compressed for who wants it, without a change.',
  run: async (inspection) => {
    const place = inspection.data.state('compression');
    const headers = { 'content-type': TYPE, 'content-encoding': 'gzip' };
    const stored = await putDocument(inspection, place, { body: gzipSync(CONTENT), headers });
    if (!expectStatus(inspection, stored, 204, CONSEQUENCE)) return;
    expectBytes(inspection, await getDocument(inspection, place), CONTENT, 'what was sent with gzip');
    await getCompressed(inspection, place, 'gzip');
    await getCompressed(inspection, place, 'br');
  },
};

async function getCompressed(inspection: Inspection, place: Place, coding: keyof typeof DECODERS): Promise<void> {
  const answer = await getDocument(inspection, place, { 'accept-encoding': coding });
  const used = answer.headers['content-encoding'];
  // Harmless: larger than need be, but what the client understands.
  if (used === undefined) inspection.note(`answers are not compressed with ${coding}`);
  const body = used === undefined ? answer.body : decoded(answer, coding);
  const isKnown = inspection.verify(body !== undefined && (used === undefined || used === coding), {
    expected: `a body compressed with ${coding}, or with nothing`,
    received: `Content-Encoding ${used}, and ${answer.body.length} bytes that are not`,
    ...CONSEQUENCE,
  });
  if (isKnown && body !== undefined) {
    expectBytes(inspection, { ...answer, body }, CONTENT, `what came with ${used ?? 'no coding'}`);
  }
}

function decoded({ body }: Answer, coding: keyof typeof DECODERS): Buffer | undefined {
  try {
    return DECODERS[coding](body, { maxOutputLength: MOST_BYTES });
  } catch {
    return undefined;
  }
}
