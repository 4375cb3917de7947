import { expect } from 'vitest';
import type { FunctionName } from '#lib/rights.ts';
import {
  bearers,
  exporting,
  issuing,
  management,
  minting,
  sealing,
  strangers,
} from '#test/support/recording-access.ts';
import { abandonedArrays, arrays, refusedArrays } from '#test/support/recording-arrays.ts';
import { deployment } from '#test/support/recording-deployment.ts';
import { documentsScenario, statesScenario } from '#test/support/recording-documents.ts';
import type { Scenario } from '#test/support/recording-function.ts';
import { backfilled, cancelled, exported, swept } from '#test/support/recording-jobs.ts';
import { knowledgeScenario, learnt } from '#test/support/recording-knowledge.ts';
import { changed, compacted, outrun, written } from '#test/support/recording-lake.ts';
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

const about: Scenario = async ({ send }) => {
  expect(await send({})).toMatchObject({ statusCode: 200 });
};

const visitors: readonly Scenario[] = [strangers, bearers];

/** What takes a function through all it does with AWS. */
export const SCENARIOS: Readonly<Record<FunctionName, readonly Scenario[]>> = {
  statements: [
    ...visitors,
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
  activities: [...visitors, knowledgeScenario('activities', (name) => ({ activityId: anActivity(name).id }))],
  agents: [...visitors, knowledgeScenario('persons', (name) => ({ agent: JSON.stringify(anAgent(name)) }))],
  'activities-state': [
    ...visitors,
    statesScenario({ resource: 'state', idParameter: 'stateId', owner: { activityId: ACTIVITY, agent: AGENT } }),
  ],
  'activities-profile': [
    ...visitors,
    documentsScenario({ resource: 'activity-profile', idParameter: 'profileId', owner: { activityId: ACTIVITY } }),
  ],
  'agents-profile': [
    ...visitors,
    documentsScenario({ resource: 'agent-profile', idParameter: 'profileId', owner: { agent: AGENT } }),
  ],
  about: [about],
  admin: [strangers, minting, management, exporting],
  oauth: [issuing],
  keeper: [sealing],
  'lake-writer': [written, changed, outrun],
  'lake-compactor': [compacted],
  jobs: [exported, cancelled, backfilled, swept],
  'bootstrap-credential': [deployment],
};
