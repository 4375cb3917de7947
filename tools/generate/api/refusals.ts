import type { Operation } from '#functions/admin/api/operation.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import type { ErrorCode } from '#xapi/errors.ts';

/** Status → the codes that an operation may be refused with, in ascending order. */
export function refusalsOf(operation: Operation): ReadonlyMap<number, readonly string[]> {
  const codes = [...new Set(codesOf(operation))];
  const pairs = [...codes.map((code) => [ERROR_STATUS[code], code] as const), [500, 'internal-error'] as const];
  const groups = Map.groupBy(pairs, ([status]) => status);
  return new Map(
    Array.from(groups, ([status, group]) => [status, group.map(([, code]) => code)] as const).toSorted(
      ([one], [other]) => one - other,
    ),
  );
}

function codesOf({
  access,
  body,
  path,
  query,
  isConditional,
  isRepeatable,
  refusals,
}: Operation): readonly ErrorCode[] {
  const names = /\{/u.test(path) || query.includes('store');
  return [
    'parameter-unknown',
    ...when(query.length > 0, 'parameter-invalid'),
    ...when(body.schema !== undefined, 'body-invalid', 'content-type-unsupported', 'request-too-large'),
    ...when(isConditional === true || isRepeatable === true, 'header-invalid'),
    ...when(access !== 'anybody', 'not-authenticated', 'not-permitted', 'too-many-requests'),
    ...when(names, 'resource-not-found'),
    ...when(isConditional === true, 'resource-changed', 'precondition-failed'),
    ...when(isRepeatable === true, 'idempotency-key-reused'),
    ...refusals,
    'overloaded',
  ];
}

function when(condition: boolean, ...codes: readonly ErrorCode[]): readonly ErrorCode[] {
  return condition ? codes : [];
}
