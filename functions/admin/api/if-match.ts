import type { HttpRequest } from '#http/request.ts';
import { entityTags, matchesTag } from '#xapi/document/entity-tags.ts';
import { XapiError } from '#xapi/errors.ts';
import { entityTag, type Revised } from '#functions/admin/api/entity-tag.ts';

/** @throws XapiError `precondition-failed` when the request is about another revision; `header-invalid` */
export function checkIfMatch({ headers }: Pick<HttpRequest, 'headers'>, current: Revised): void {
  const tag = entityTag(current);
  const tags = entityTags('If-Match', headers['if-match']);
  if (tags !== undefined && !matchesTag(tags, tag)) throw changedSince(tag);
}

/** What became of it between the look at its revision and the change. */
export function changedMeanwhile({ headers }: Pick<HttpRequest, 'headers'>): XapiError {
  if (headers['if-match'] !== undefined) return changedSince();
  return new XapiError({
    code: 'resource-changed',
    message:
      'It was changed or deleted by somebody else at the same moment: look at it again, then send the request again.',
  });
}

function changedSince(expected?: string): XapiError {
  return new XapiError({
    code: 'precondition-failed',
    message: 'It has changed: its ETag is not the one in If-Match.',
    path: 'If-Match',
    ...(expected !== undefined && { expected }),
  });
}
