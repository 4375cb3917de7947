import { expect } from 'vitest';
import type { FunctionName } from '#lib/rights.ts';
import { basic } from '#test/support/gateway-events.ts';
import { abandonedArrays, arrays, refusedArrays } from '#test/support/recording-arrays.ts';
import { deployment } from '#test/support/recording-deployment.ts';
import { documentsScenario, statesScenario } from '#test/support/recording-documents.ts';
import type { Scenario } from '#test/support/recording-function.ts';
import { knowledgeScenario, learnt } from '#test/support/recording-knowledge.ts';
import {
  attachments,
  largeStatements,
  queries,
  references,
  singleStatements,
  voiding,
} from '#test/support/recording-statements.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

const AGENT = JSON.stringify(anAgent('learner'));
const { id: ACTIVITY } = anActivity('course');

const strangers: Scenario = async ({ send }) => {
  for (const authorization of [undefined, basic('stranger', 'secret'), basic('key', 'wrong')]) {
    expect(await send({ headers: { authorization } })).toMatchObject({ statusCode: 401 });
  }
};

const about: Scenario = async ({ send }) => {
  expect(await send({})).toMatchObject({ statusCode: 200 });
};

/** What takes a function through all it does with DynamoDB and S3. */
export const SCENARIOS: Readonly<Record<FunctionName, readonly Scenario[]>> = {
  statements: [
    strangers,
    singleStatements,
    largeStatements,
    arrays,
    refusedArrays,
    abandonedArrays,
    voiding,
    references,
    queries,
    attachments,
    learnt,
  ],
  activities: [strangers, knowledgeScenario('activities', (name) => ({ activityId: anActivity(name).id }))],
  agents: [strangers, knowledgeScenario('persons', (name) => ({ agent: JSON.stringify(anAgent(name)) }))],
  'activities-state': [
    strangers,
    statesScenario({ resource: 'state', idParameter: 'stateId', owner: { activityId: ACTIVITY, agent: AGENT } }),
  ],
  'activities-profile': [
    strangers,
    documentsScenario({ resource: 'activity-profile', idParameter: 'profileId', owner: { activityId: ACTIVITY } }),
  ],
  'agents-profile': [
    strangers,
    documentsScenario({ resource: 'agent-profile', idParameter: 'profileId', owner: { agent: AGENT } }),
  ],
  about: [about],
  'bootstrap-credential': [deployment],
};
