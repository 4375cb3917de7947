import { type Access, basic } from './client.ts';

/** @returns what takes secrets out of a text, whoever put them there: an endpoint may send back what it was sent. */
export function redactor({
  access,
  limited,
}: {
  readonly access: Access;
  readonly limited: Access | undefined;
}): (text: string) => string {
  const accesses = limited === undefined ? [access] : [access, limited];
  const secrets = accesses.flatMap((each) => [
    basic(each).slice('Basic '.length),
    each.secret,
    // As JSON has it.
    JSON.stringify(each.secret).slice(1, -1),
  ]);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
