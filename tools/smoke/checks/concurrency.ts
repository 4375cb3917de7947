import type { Check } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';

const WRITERS = 20;

export const concurrency: Check = {
  name: 'concurrency',
  proves: `Of ${WRITERS} clients that change one document at the same time, exactly one does, and the others are told.`,
  run: async (inspection) => {
    const { data, verify } = inspection;
    const place = data.activityProfile('concurrency');
    const created = await putDocument(inspection, place, { body: 'created', headers: { 'if-none-match': '*' } });
    expectStatus(inspection, created, 204, {
      meaning: 'Documents cannot be created.',
      advice: 'See what preconditions says.',
    });
    const { etag = '*' } = (await getDocument(inspection, place)).headers;
    const texts = Array.from({ length: WRITERS }, (_, writer) => `writer ${writer}`);
    const answers = await Promise.all(
      texts.map((body) => putDocument(inspection, place, { body, headers: { 'if-match': etag } })),
    );
    const statuses = answers.map(({ status }) => status);
    const { body: kept } = await getDocument(inspection, place);
    const winner = texts[statuses.indexOf(204)];
    // `*` is what is left to say without an ETag, and lets everybody through.
    if (etag === '*') return;
    verify(statuses.filter((status) => status === 204).length === 1 && kept.toString() === winner, {
      expected: `204 to one, 412 to ${WRITERS - 1}, and the document of the one`,
      received: `${summary(statuses)}, and the document of ${kept.toString()}`,
      meaning: 'Clients overwrite what others wrote in the same moment, and nobody notices.',
      advice:
        'If-Match has to reach the functions unchanged; if preconditions passes, the condition of the write fails.',
    });
  },
};

function summary(statuses: readonly number[]): string {
  const counts = [...Map.groupBy(statuses, (status) => status)].map(([status, list]) => `${status} to ${list.length}`);
  return counts.join(', ');
}
