import { decodeBody, encodeBody } from '#storage/dynamodb/statements/body-codec.ts';

/** What is done to a page of statements in the format `exact`. @param body JSON of an array */
export function readPhases(body: string): Readonly<Record<string, () => unknown>> {
  const statements: readonly unknown[] = JSON.parse(body);
  const texts = statements.map((statement) => JSON.stringify(statement));
  const bodies = texts.map(encodeBody);
  return {
    decompress: () => bodies.map(decodeBody),
    'measure and join': () => [texts.map((text) => Buffer.byteLength(text)), texts.join()],
  };
}
