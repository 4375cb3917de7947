import { expect } from 'vitest';
import { startLoopbackServer } from '#test/support/loopback-server.ts';
import type { Scenario } from '#test/support/recording-function.ts';

/** The first credential: registered by CloudFormation, changed by people, and left as it is. */
export const deployment: Scenario = async ({ invoke }) => {
  const cloudFormation = await startLoopbackServer(() => ({ status: 200 }));
  const event = {
    StackId: 'arn:stack',
    RequestId: 'request',
    LogicalResourceId: 'id',
    ResponseURL: cloudFormation.url,
  };
  for (const RequestType of ['Create', 'Update', 'Delete']) await invoke({ ...event, RequestType });
  const statuses = cloudFormation.received.map(({ body }): unknown => JSON.parse(body));
  await cloudFormation.stop();
  expect(statuses).toMatchObject(Array.from({ length: 3 }, () => ({ Status: 'SUCCESS' })));
  expect(JSON.parse(await invoke({}))).toEqual({ key: 'first', credential: 'changed' });
};
