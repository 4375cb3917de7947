/** The elements of an `Accept…` header in lower case, each with how much it is wanted, 0 … 1 (RFC 9110, 12.4.2). */
export function weightsOf(header: string): ReadonlyMap<string, number> {
  return new Map(header.split(',').map(elementAndWeight));
}

function elementAndWeight(text: string): [string, number] {
  const [element = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice('q='.length));
  return [element, Number.isNaN(weight) ? 0 : weight];
}
