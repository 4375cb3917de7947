import { type Answer, describeAnswer, isOurs } from './answer.ts';
import type { Finding } from './finding.ts';

/**
 * What only the log may show: stacks, paths and resources of Lambda. What may be of any length has a bound here, as
 * otherwise a body made for it would keep this busy for hours.
 */
const INTERNALS =
  /\bat \S.{0,300}:\d{1,9}:\d|node:internal|\/var\/(?:task|runtime)|\barn:aws|stackTrace|"errorType"|(?:Dynamo|S3)\w{0,60}(?:Exception|Error)\b/u;

/** Bytes of a body that are searched. */
const SEARCHED = 64 * 1024;

/** What is wrong with an answer whatever was asked. */
export function faultsOf(answer: Answer): readonly Finding[] {
  const faults: Finding[] = [];
  if (answer.status >= 500) faults.push(serverError(answer));
  if (answer.status >= 400 && INTERNALS.test(answer.body.toString('latin1', 0, SEARCHED))) faults.push(leak(answer));
  return faults;
}

function serverError(answer: Answer): Finding {
  const id = answer.headers['x-request-id'] ?? answer.headers['apigw-requestid'];
  const log = `look for ${id === undefined ? 'the time of this run' : `the request id ${id}`} in the log`;
  return {
    expected: 'no 5xx: nothing in this request is beyond an LRS',
    received: describeAnswer(answer),
    meaning: 'Clients take it for a failure of the LRS: they send again, or lose what they sent.',
    advice: isOurs(answer)
      ? `${capital(log)} of the function.`
      : `${capital(log)} of the gateway. 503 means that Lambda had no room for the function (new accounts run 10 at ` +
        'once: ask for a higher quota of concurrent executions), or that it took longer than 30 s.',
  };
}

function leak(answer: Answer): Finding {
  return {
    expected: 'an error without internals',
    received: describeAnswer(answer),
    meaning: 'Whoever sends requests learns how the LRS is built.',
    advice: 'Find out who writes this body: errors of the LRS are made by http/error-reply.ts alone.',
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
