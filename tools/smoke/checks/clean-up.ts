import { describeAnswer, jsonIn } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { aVoidingStatement } from '../smoke-data.ts';
import { getStatement } from '../statements.ts';

const CONSEQUENCE = {
  meaning: 'Data of this run stays where people look for that of learners.',
  advice:
    'Run the checks again: a later run leaves nothing more. What is left is below the IRI in docs/operations/smoke.md.',
};

/** Runs after all others, whatever became of them. */
export const cleanUp: Check = {
  name: 'clean-up',
  proves:
    'The documents of this run are deleted, and its statements voided, which is all that xAPI has for statements.',
  run: async (inspection) => {
    await deleteDocuments(inspection);
    await voidStatements(inspection);
  },
};

async function deleteDocuments(inspection: Inspection): Promise<void> {
  const { send, data, verify } = inspection;
  for (const place of data.places) {
    expectStatus(inspection, await send({ ...place, method: 'DELETE' }), 204, CONSEQUENCE);
  }
  const { activityId } = data;
  const agent = JSON.stringify(data.agent);
  for (const { path, query } of [
    { path: '/activities/state', query: { activityId, agent } },
    { path: '/activities/profile', query: { activityId } },
    { path: '/agents/profile', query: { agent } },
  ]) {
    const answer = await send({ path, query });
    verify(JSON.stringify(jsonIn(answer)) === '[]' || answer.status >= 500, {
      expected: 'no documents any more',
      received: describeAnswer(answer),
      ...CONSEQUENCE,
    });
  }
}

async function voidStatements(inspection: Inspection): Promise<void> {
  const { send, data } = inspection;
  const ids = [...data.statements];
  const [first] = ids;
  if (first === undefined) return;
  const voided = await send({
    method: 'POST',
    path: '/statements',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ids.map((id) => aVoidingStatement(data, id))),
  });
  if (!expectStatus(inspection, voided, 200, CONSEQUENCE)) return;
  expectStatus(inspection, await getStatement(inspection, first), 404, CONSEQUENCE);
  const kept = await send({ path: '/statements', query: { voidedStatementId: first } });
  expectStatus(inspection, kept, 200, CONSEQUENCE);
  inspection.note(`${ids.length} statements voided, ${data.places.length} documents deleted`);
}
