import { randomUUID } from 'node:crypto';
import { describeAnswer, memberIn } from '../answer.ts';
import type { Check } from '../check.ts';
import type { Sent } from '../client.ts';
import { expectStatus } from '../expect-status.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

const CONSEQUENCE = {
  meaning: 'Clients are not told what is wrong with their request, and people who help them neither.',
  advice: 'Remove error pages of CloudFront and responses of the gateway that take the place of those of the LRS.',
};

interface Refusal {
  readonly sent: Sent;
  readonly status: number;
  readonly code: string;
}

export const errorBodies: Check = {
  name: 'error-bodies',
  proves: 'What the LRS refuses it explains: as JSON with a code, and without internals.',
  run: async (inspection) => {
    for (const { sent, status, code } of refusals()) {
      const answer = await inspection.send(sent);
      if (!expectStatus(inspection, answer, status, CONSEQUENCE)) continue;
      const isJson = answer.headers['content-type']?.startsWith('application/json') === true;
      inspection.verify(isJson && memberIn(answer, 'code') === code && memberIn(answer, 'message') !== undefined, {
        expected: `JSON with the code ${code} and a message`,
        received: describeAnswer(answer),
        ...CONSEQUENCE,
      });
    }
  },
};

function refusals(): readonly Refusal[] {
  const statement = { method: 'POST', path: '/statements', headers: JSON_TYPE };
  return [
    { sent: { path: '/statements', query: 'nonsense=1' }, status: 400, code: 'parameter-unknown' },
    { sent: { path: '/statements', query: { statementId: randomUUID() } }, status: 404, code: 'statement-not-found' },
    { sent: { path: '/activities/state' }, status: 400, code: 'parameter-missing' },
    { sent: { ...statement, body: '{"actor":' }, status: 400, code: 'body-invalid' },
    { sent: { ...statement, body: '{"actor":{}}' }, status: 400, code: 'statement-invalid' },
    { sent: { method: 'DELETE', path: '/statements' }, status: 405, code: 'method-not-allowed' },
  ];
}
