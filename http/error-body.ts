import { weightsOf } from '#http/weights.ts';

/** In the order of preference (xAPI 1.0.3, Communication 3.2). */
const ERROR_TYPES = ['application/json', 'text/plain', 'text/html'] as const;

export type ErrorType = (typeof ERROR_TYPES)[number];

/** Has at least `code` and `message`; members that are undefined are left out. */
export interface ErrorMembers {
  readonly code: string;
  readonly message: string;
  readonly [name: string]: string | undefined;
}

/** @returns the type an `Accept` header wants most (RFC 9110, 12.5.1), JSON when it wants none of ours. */
export function errorType(accept: string): ErrorType {
  const weights = weightsOf(accept);
  const weight = (type: ErrorType): number =>
    weights.get(type) ?? weights.get(type.replace(/\/.*/u, '/*')) ?? weights.get('*/*') ?? 0;
  const [best = 'application/json'] = ERROR_TYPES.filter((type) => weight(type) > 0).toSorted(
    (a, b) => weight(b) - weight(a),
  );
  return best;
}

/** All that JSON tells, also to those who read it as text or in a browser. */
export function writeError(members: ErrorMembers, type: ErrorType): string {
  if (type === 'application/json') return JSON.stringify(members);
  const { code, message, ...more } = members;
  const details = Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  if (type === 'text/plain') {
    return [`${code}: ${message}`, ...details.map(({ name, value }) => `${name}: ${value}`), ''].join('\n');
  }
  const list = details.map(({ name, value }) => `<dt>${escapeHtml(name)}<dd>${escapeHtml(value)}`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(code)}</title>
<h1>${escapeHtml(code)}</h1>
<p>${escapeHtml(message)}
<dl>
${list}
</dl>
`;
}

/** Messages quote what clients send. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}
