/**
 * Reads what a function answers that reports which records it failed on.
 *
 * @param sequences of the records that it was called with, in order
 * @returns index of the first that has to come again; undefined: all are done
 */
export function firstFailure(sequences: readonly string[], answer: unknown): number | undefined {
  const failures = member(answer, 'batchItemFailures');
  if (!Array.isArray(failures) || failures.length === 0) return undefined;
  const indexes = failures.map((failure: unknown) => {
    const identifier = member(failure, 'itemIdentifier');
    return typeof identifier === 'string' ? sequences.indexOf(identifier) : -1;
  });
  // One that names no record of the batch says no more than that something failed.
  return Math.max(0, Math.min(...indexes));
}

function member(value: unknown, name: string): unknown {
  return Object.getOwnPropertyDescriptor(Object(value), name)?.value;
}
