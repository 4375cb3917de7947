/**
 * A value of a template as text, with what only CloudFormation knows in angle brackets: `<Topic>` for a reference,
 * `<Topic.Arn>` for an attribute, `<export>` for what another stack exports.
 *
 * @throws Error for a function of CloudFormation that is none of these, nor `Fn::Join`
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} is no text.`);
  const [entry] = Object.entries<unknown>({ ...value });
  const [name, argument] = entry ?? [];
  if (name === 'Ref' || name === 'Fn::ImportValue') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`;
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts]: readonly unknown[] = argument;
    if (Array.isArray(parts)) return parts.map((part: unknown) => textOf(part)).join(String(separator));
  }
  throw new Error(`${JSON.stringify(value)} is no text.`);
}
