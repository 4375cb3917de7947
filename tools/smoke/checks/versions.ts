import type { Check } from '../check.ts';
import { expectStatus } from '../expect-status.ts';

/** What is asked for, what is answered, and in which version. */
const CASES = [
  { sent: '1.0.3', status: 200, version: '1.0.3' },
  { sent: '1.0.1', status: 200, version: '1.0.3' },
  { sent: '2.0.0', status: 200, version: '2.0.0' },
  { sent: undefined, status: 400, version: '0.95' },
] as const;

export const versions: Check = {
  name: 'versions',
  proves: 'X-Experience-API-Version reaches the functions, and each request is answered in the version it asks for.',
  run: async (inspection) => {
    const consequence = {
      meaning: 'Clients of one of the versions are refused, or are answered in a version they do not speak.',
      advice: 'Find what changes X-Experience-API-Version: CloudFront has to pass all headers of the viewer but Host.',
    };
    for (const { sent, status, version } of CASES) {
      const headers = { 'x-experience-api-version': sent };
      const answer = await inspection.send({ path: '/statements', query: { limit: '1' }, headers });
      if (!expectStatus(inspection, answer, status, consequence)) continue;
      const received = answer.headers['x-experience-api-version'];
      inspection.verify(received === version, {
        expected: `X-Experience-API-Version: ${version} in answer to ${sent ?? 'no version'}`,
        received: received ?? 'no such header',
        ...consequence,
      });
    }
  },
};
