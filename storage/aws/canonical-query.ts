import { escapeUri } from '#storage/aws/escape-uri.ts';

/** The query of a request as it is sent, in the form in which signatures of version 4 have it: by the escaped names. */
export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => [escapeUri(name), escapeUri(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
