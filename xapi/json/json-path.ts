const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** JSON path of a member or an item: `$.actor`, `$[3]`, `$.context.extensions['http://example.com/x']`. */
export function pathTo(base: string, step: string | number): string {
  if (typeof step === 'number') return `${base}[${step}]`;
  return IDENTIFIER.test(step) ? `${base}.${step}` : `${base}['${step.replaceAll(/[\\']/g, String.raw`\$&`)}']`;
}

/** The steps of a JSON pointer (RFC 6901) through `value`; a step into an array is a number. */
export function stepsOf(pointer: string, value: unknown): readonly (string | number)[] {
  const names = pointer.split('/').slice(1);
  let current = value;
  return names.map((name) => {
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(current) ? Number(plain) : plain;
    current = memberOf(current, step);
    return step;
  });
}

export function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Object.getOwnPropertyDescriptor(value, step)?.value;
}
