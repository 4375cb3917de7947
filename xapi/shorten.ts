const LIMIT = 80;

/** A value as it may be quoted in an error: JSON, at most 80 characters, marked with `…` where it was cut. */
export function shorten(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= LIMIT ? text : `${text.slice(0, LIMIT - 1)}…`;
}
