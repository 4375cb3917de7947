import type { Check } from '../check.ts';
import { getDocument, putDocument } from '../documents.ts';
import { expectStatus } from '../expect-status.ts';

const CONSEQUENCE = {
  meaning: 'Learners continue where they were before, or strangers are shown what others were given.',
  advice: 'CloudFront has to cache nothing (the cache policy CachingDisabled), and no other cache may stand in front.',
};

export const freshAnswers: Check = {
  name: 'fresh-answers',
  proves: 'Nobody on the way keeps answers: what has changed is seen at once, and only by who may.',
  run: async (inspection) => {
    const place = inspection.data.state('fresh-answers');
    for (const text of ['first', 'second', 'third']) {
      await putDocument(inspection, place, { body: text });
      const answer = await getDocument(inspection, place);
      inspection.verify(answer.status >= 500 || answer.body.toString() === text, {
        expected: `the document as it was put before: ${text}`,
        received: `${answer.status} with ${answer.excerpt()}`,
        ...CONSEQUENCE,
      });
    }
    expectStatus(inspection, await getDocument(inspection, place, { authorization: undefined }), 401, CONSEQUENCE);
  },
};
