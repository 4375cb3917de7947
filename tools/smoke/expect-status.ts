import { type Answer, describeAnswer, isOurs } from './answer.ts';
import type { Inspection } from './check.ts';
import type { Consequence } from './finding.ts';

/**
 * Fails the check unless the answer has the status, and has it from the LRS where the LRS is to decide.
 *
 * @returns whether it has.
 */
export function expectStatus(
  { verify }: Pick<Inspection, 'verify'>,
  answer: Answer,
  status: number,
  { meaning, advice }: Consequence,
): boolean {
  // A 5xx has failed the check already, with advice that fits better.
  if (answer.status >= 500) return false;
  return verify(answer.status === status && isOurs(answer), {
    expected: `${status} from the LRS`,
    received: describeAnswer(answer),
    meaning,
    advice: [hintAbout(answer), advice].filter(Boolean).join(' '),
  });
}

/** What a status means that did not come from the LRS. */
function hintAbout(answer: Answer): string {
  if (isOurs(answer)) return '';
  switch (answer.status) {
    case 403:
      return 'A firewall (WAF) or CloudFront refused the request: the metrics of its rules tell which.';
    case 404:
      return 'API Gateway has no such route: the path of the endpoint is not the one that was deployed.';
    case 429:
      return 'Too many requests: raise the settings throttleRate and throttleBurst, or edgeRequestsPerIp.';
    default:
      return '';
  }
}
