/** As in the filter criteria of an event source mapping: at each place other places, or the texts that may stand there. */
export interface Pattern {
  readonly [name: string]: Pattern | readonly string[];
}

/** Statements themselves, of all the items in their table. */
export const ONLY_STATEMENTS = { dynamodb: { Keys: { sk: { S: ['s'] } } } } as const satisfies Pattern;

export function matches(value: unknown, pattern: Pattern): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    const member: unknown = Object.getOwnPropertyDescriptor(Object(value), name)?.value;
    return isTexts(expected) ? expected.some((text) => text === member) : matches(member, expected);
  });
}

function isTexts(expected: Pattern | readonly string[]): expected is readonly string[] {
  return Array.isArray(expected);
}
