import { accessBase } from '../access-base.ts';
import { type Answer, describeAnswer, memberIn } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { basic } from '../client.ts';
import { expectStatus } from '../expect-status.ts';
import { aSmokeStatement, SMOKE_IRI } from '../smoke-data.ts';
import { store } from '../statements.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Minutes: more than the check takes. */
const LIFETIME = 5;

type SmokeStatement = ReturnType<typeof aSmokeStatement>;

export const tokens: Check = {
  name: 'tokens',
  proves: 'A token for one learner stores that learner’s records, whichever way it is sent, and nobody else’s.',
  run: async (inspection) => {
    const { data, verify, note } = inspection;
    const token = await mint(inspection);
    if (token === undefined) return note('this credential gets no token that may store statements');
    const ways = [`Bearer ${token}`, basic({ key: 'token', secret: token })];
    for (const authorization of ways) {
      expectStatus(inspection, await put(inspection, aSmokeStatement(data, 'tokens'), authorization), 204, {
        meaning: 'Content that was launched with a token cannot store what learners do.',
        advice: 'CloudFront and firewalls have to pass Authorization as it is, with more than a thousand characters.',
      });
    }
    const other = { ...aSmokeStatement(data, 'tokens-other'), actor: anotherLearner(inspection) };
    const answer = await put(inspection, other, `Bearer ${token}`);
    verify(answer.status === 403 && memberIn(answer, 'code') === 'not-permitted', {
      expected: '403 with the code not-permitted to the record of another learner',
      received: describeAnswer(answer),
      meaning: 'What leaves for the browser of a learner can write the records of others.',
      advice: 'Take all tokens back by lrs keys rotate --compromised, and report it.',
    });
  },
};

/** @returns undefined when the credential may not have such a token, or there is no management to ask. */
async function mint(inspection: Inspection): Promise<string | undefined> {
  const { send, data } = inspection;
  const base = await accessBase(inspection);
  if (base === undefined) return undefined;
  const limits = { actor: data.agent };
  const body = JSON.stringify({ minutes: LIFETIME, scopes: ['statements/write'], limits });
  const answer = await send({ base, method: 'POST', path: '/admin/v1/tokens', headers: JSON_TYPE, body });
  const token = memberIn(answer, 'token');
  return answer.status === 201 && typeof token === 'string' ? token : undefined;
}

function put(inspection: Inspection, statement: SmokeStatement, authorization: string): Promise<Answer> {
  return store(inspection, [statement], {
    method: 'PUT',
    path: '/statements',
    query: { statementId: statement.id },
    headers: { ...JSON_TYPE, authorization },
    body: JSON.stringify(statement),
  });
}

function anotherLearner({ data }: Inspection): SmokeStatement['actor'] {
  return { account: { homePage: SMOKE_IRI, name: `${data.run}-other` } };
}
