const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A UUID in its standard text form, any variant and either case (RFC 4122; xAPI 1.0.3, Data 4.4). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
