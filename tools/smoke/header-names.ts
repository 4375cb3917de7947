import type { Answer } from './answer.ts';
import type { Inspection } from './check.ts';

/** Headers that clients read, and what becomes of a client that does not find them. */
export const MEANINGS = {
  'WWW-Authenticate': 'Browsers and HTTP libraries do not ask for, or send, a key and a secret after a 401.',
  ETag: 'Clients cannot send If-Match: of two that change a document, one overwrites the other.',
  'Last-Modified': 'Clients cannot tell which of two copies of a document or statement is newer.',
  'Content-Type': 'Clients do not know what they have been given.',
  'X-Experience-API-Version': 'Clients do not know in which version they are answered; many then refuse the answer.',
  'X-Experience-API-Consistent-Through': 'Who collects statements cannot know up to when they are complete.',
  'Cache-Control': 'Browsers and proxies may show again what has changed since.',
  'Access-Control-Allow-Origin': 'Browsers keep the answer from content that is served from elsewhere.',
  'Access-Control-Expose-Headers': 'Browsers keep ETag, the version and other headers from content.',
  Allow: 'Clients are not told which methods there are.',
} as const;

export type HeaderName = keyof typeof MEANINGS;

/** Fails the check for each header that the answer has under another name, or not at all. */
export function expectHeaders(
  { verify }: Pick<Inspection, 'verify'>,
  answer: Answer,
  names: readonly HeaderName[],
): void {
  for (const name of names) {
    const other = renamed(answer, name);
    const instead = other === undefined ? 'no such header' : `the header ${other}`;
    verify(answer.headers[name.toLowerCase()] !== undefined, {
      expected: `the header ${name}`,
      received: `${answer.request} gave ${answer.status} with ${instead}`,
      meaning: MEANINGS[name],
      advice: other === undefined ? adviceOnMissing(name) : adviceOnRenamed(answer, name, other),
    });
  }
}

/** API Gateway is known to put `x-amzn-remapped-` in front. */
function renamed({ headers }: Answer, name: HeaderName): string | undefined {
  return Object.keys(headers).find((candidate) => candidate.endsWith(`-${name.toLowerCase()}`));
}

function adviceOnMissing(name: HeaderName): string {
  return (
    `Something between the function and the client takes ${name} away: look at the parameter mapping of the API, and ` +
    'at the response headers policy and the functions of CloudFront.'
  );
}

function adviceOnRenamed({ headers }: Answer, name: HeaderName, other: string): string {
  const behindEdge = headers['via']?.includes('CloudFront') === true;
  const settings = behindEdge ? '-c edgeRestoresHeaders=true' : '-c edge=true -c edgeRestoresHeaders=true';
  return (
    `The gateway renames ${name} to ${other}: deploy with \`${settings}\`, where a function behind CloudFront gives the ` +
    'name back; see docs/operations/deploy.md.'
  );
}
