/** Each member may be absent, which keeps it, or null, which takes it away where it is optional. */
export type Changes<Value> = {
  readonly [Member in keyof Value]?: Value[Member] | (undefined extends Value[Member] ? null : never);
};

/** @returns the value with the changes of a JSON merge patch (RFC 7396) to its own members. */
export function withChanges<Value extends object>(value: Value, changes: Changes<Value>): Value {
  const merged = Object.entries({ ...value, ...changes }).filter(([, member]) => member !== null);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- members keep their types, and only optional ones go
  return Object.fromEntries(merged) as Value;
}
