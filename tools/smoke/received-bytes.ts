/** Bytes of an answer: more than Lambda (6 MB) and API Gateway (10 MB) let through. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** An answer was broken off, as it had more than `MOST_BYTES` and perhaps no end. */
export class EndlessAnswer extends Error {
  readonly request: string;

  constructor(request: string) {
    super('an answer of more than 16 MB');
    this.request = request;
  }
}

/** The bytes of an answer, as they come. */
export interface ReceivedBytes {
  /** @throws EndlessAnswer; whoever reads has to close the connection then. */
  add(chunk: Uint8Array): void;
  all(): Buffer;
}

/** @param request method and path, for people to read */
export function receivedBytes(request: string): ReceivedBytes {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    add: (chunk) => {
      length += chunk.length;
      if (length > MOST_BYTES) throw new EndlessAnswer(request);
      chunks.push(chunk);
    },
    all: () => Buffer.concat(chunks),
  };
}
