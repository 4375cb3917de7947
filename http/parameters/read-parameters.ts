import type { Parameter } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';

/**
 * @param declared every parameter the request may have, as the specification spells it.
 * @throws XapiError `parameter-unknown`, also for a parameter in another case (xAPI 1.0.3, Communication 3.2);
 *   `parameter-invalid` for one that comes twice.
 */
export function readParameters<Name extends string>(
  parameters: readonly Parameter[],
  declared: readonly Name[],
): Partial<Readonly<Record<Name, string>>> {
  const values: Partial<Record<Name, string>> = {};
  for (const { name, value } of parameters) {
    const known = declared.find((candidate) => candidate === name);
    if (known === undefined) throw unknown(name, declared);
    if (values[known] !== undefined) throw repeated(known);
    values[known] = value;
  }
  return values;
}

/** @throws XapiError `parameter-missing` */
export function requireParameter<Name extends string>(
  values: Partial<Readonly<Record<Name, string>>>,
  name: Name,
): string {
  const value = values[name];
  if (value !== undefined) return value;
  throw new XapiError({ code: 'parameter-missing', message: `The parameter "${name}" is missing.`, path: name });
}

function unknown(name: string, declared: readonly string[]): XapiError {
  const meant = declared.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const hint = meant === undefined ? '' : `; it is spelt "${meant}"`;
  return new XapiError({
    code: 'parameter-unknown',
    message: `This request has no parameter ${JSON.stringify(name.slice(0, 80))}${hint}.`,
    path: name.slice(0, 80),
    expected: declared.length === 0 ? 'no parameter' : `one of ${declared.join(', ')}`,
    section: 'xAPI 1.0.3, Communication 3.2; xAPI 2.0, 4.1.5',
  });
}

function repeated(name: string): XapiError {
  const message = `The parameter "${name}" comes more than once.`;
  return new XapiError({ code: 'parameter-invalid', message, path: name, expected: 'one value' });
}
