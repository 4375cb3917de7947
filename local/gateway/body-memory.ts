/** Characters of a text from which on it is given memory; Node has enough for what is shorter. */
const LEAST = 4_096;
/** Bytes of a piece of memory, which is more than pages mostly have. */
const SIZE = 512 * 1_024;
/** Characters that fit in any case; to write these takes less time than to see how many do. */
const SURE = Math.floor(SIZE / 3);
/** Pieces that are kept for what comes next. */
const MOST = 16;

const encoder = new TextEncoder();

export interface BodyBytes {
  /** A text has one byte a character: Node copies it behind the headers, and both are one piece for the system. */
  readonly bytes: Buffer | string;
  /** To be called once they are sent, and not before. */
  readonly release: (() => void) | undefined;
}

/**
 * Makes bytes of the texts of answers, in memory that is used again and again: what is new, the system has to clear page by
 * page, which takes as long as all else that is done for the bytes.
 */
export class BodyMemory {
  readonly #free: Buffer[] = [];

  bytesOf(text: string): BodyBytes {
    if (text.length < LEAST) return { bytes: isAscii(text) ? text : Buffer.from(text), release: undefined };
    if (text.length > SIZE) return newBytes(text);
    const memory = this.#free.pop() ?? Buffer.allocUnsafeSlow(SIZE);
    const release = (): void => {
      if (this.#free.length < MOST) this.#free.push(memory);
    };
    if (text.length <= SURE) return { bytes: memory.subarray(0, memory.write(text)), release };
    const { read, written } = encoder.encodeInto(text, memory);
    if (read === text.length) return { bytes: memory.subarray(0, written), release };
    release();
    return newBytes(text);
  }
}

function newBytes(text: string): BodyBytes {
  return { bytes: Buffer.from(text), release: undefined };
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
