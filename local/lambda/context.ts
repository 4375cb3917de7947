import type { Context } from 'aws-lambda';

/**
 * What Lambda tells a function about its invocation.
 *
 * @param deadline milliseconds since 1970
 * @param stopping from this signal on no time is left, so that a function which can end early does
 */
export function toContext(functionName: string, requestId: string, deadline: number, stopping?: AbortSignal): Context {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => (stopping?.aborted === true ? 0 : Math.max(0, deadline - Date.now())),
    done: unsupported,
    fail: unsupported,
    succeed: unsupported,
  };
}

function unsupported(): never {
  throw new Error('Functions on Node 24 answer by the promise they return.');
}
