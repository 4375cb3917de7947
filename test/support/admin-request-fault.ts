import * as validators from '#schemas/generated/admin-validators.js';
import { OPERATIONS } from '#functions/admin/operations.ts';

/**
 * Why the management API would refuse a request, whoever sends it.
 *
 * @param target path with its query, below the API's own
 */
export function adminRequestFault(method: string, target: string, body: unknown): string | undefined {
  const { pathname, searchParams } = new URL(target, 'http://lrs.example/');
  const operation = OPERATIONS.find((one) => one.method === method && patternOf(one.path).test(pathname));
  if (operation === undefined) return `There is no operation ${method} ${pathname}.`;
  const unknown = [...searchParams.keys()].filter((name) => !operation.query.some((known) => known === name));
  if (unknown.length > 0) return `${operation.id} has no parameter ${unknown.join(', ')}.`;
  return bodyFault(operation, body);
}

function bodyFault({ id, body: { schema, optional } }: (typeof OPERATIONS)[number], body: unknown): string | undefined {
  if (schema === undefined) return body === undefined ? undefined : `${id} takes no body.`;
  if (body === undefined) return optional === true ? undefined : `${id} needs a body.`;
  const validate = validatorOf(schema);
  return validate(body) ? undefined : `${id} does not take ${JSON.stringify(body)}.`;
}

/** Validators are named after the types of what they accept: `token-request` is a `TokenRequestBody`. */
function validatorOf(schema: string): (value: unknown) => boolean {
  const name = `is-${schema}`.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
  const [, validate] = Object.entries(validators).find(([known]) => [name, `${name}Body`].includes(known)) ?? [];
  if (validate === undefined) throw new Error(`There is no validator of ${schema}.`);
  return validate;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/gu, '[^/]+').replaceAll('.', String.raw`\.`)}$`, 'u');
}
