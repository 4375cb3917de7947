import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

const PHYSICAL_ID = 'first-credential';

/** CloudFormation takes 4,096 bytes with all that is around the reason. */
const REASON_LENGTH = 1_000;

/** Milliseconds. */
const PATIENCE = 5_000;

/** Whether CloudFormation calls, and waits for an answer. */
export function isDeployment(event: unknown): event is CloudFormationCustomResourceEvent {
  return typeof event === 'object' && event !== null && 'ResponseURL' in event;
}

/**
 * Tells CloudFormation how it went.
 *
 * @param failure why the deployment is to fail, for people to read; undefined if it is not
 * @throws Error when the answer does not arrive. Lambda then calls the function again, twice at most.
 */
export async function answerDeployment(
  event: CloudFormationCustomResourceEvent,
  failure: string | undefined,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const common = {
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : PHYSICAL_ID,
  };
  const answer: CloudFormationCustomResourceResponse =
    failure === undefined
      ? { ...common, Status: 'SUCCESS' }
      : { ...common, Status: 'FAILED', Reason: failure.slice(0, REASON_LENGTH) };
  const { ok, status } = await fetch(event.ResponseURL, {
    method: 'PUT',
    // Bytes, because a text would get a content type, for which the URL is not signed.
    body: Buffer.from(JSON.stringify(answer)),
    signal: AbortSignal.timeout(PATIENCE),
    redirect: 'error',
  }).catch((error: unknown) => {
    // Its message may quote the URL, which is signed.
    throw new Error(`CloudFormation could not be answered: ${error instanceof Error ? error.name : 'unknown'}.`);
  });
  if (!ok) throw new Error(`The answer to CloudFormation was refused with status ${status}.`);
}
