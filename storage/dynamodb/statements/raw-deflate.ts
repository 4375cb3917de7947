import { constants, createDeflateRaw, createInflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface RawDeflateOptions {
  readonly dictionary: Buffer;
  /** 1 to 9; of compression alone. */
  readonly level?: number;
  /** Bytes of the memory for results; longer ones are put together of several. */
  readonly chunkSize: number;
}

/**
 * @param bytes all of a text, or of a compressed one
 * @returns the other, in memory that the next call writes to
 * @throws Node's errors of zlib (`Z_DATA_ERROR`, `Z_BUF_ERROR`) when it is broken, or ends too early
 */
export type Conversion = (bytes: Uint8Array) => Buffer;

/** Compression without a header (RFC 1951). The same text may give other bytes the next time. */
export function compression(options: RawDeflateOptions): Conversion {
  const text = sampleOf(options);
  return checked(
    reusing(() => createDeflateRaw(options), options.chunkSize),
    (bytes) => deflateRawSync(bytes, options),
    (convert) => inflateRawSync(convert(text), options).equals(text),
  );
}

/** The inverse of compression. */
export function decompression(options: RawDeflateOptions): Conversion {
  const text = sampleOf(options);
  return checked(
    reusing(() => createInflateRaw(options), options.chunkSize),
    (bytes) => inflateRawSync(bytes, options),
    (convert) => convert(deflateRawSync(text, options)).equals(text),
  );
}

/** A text that the dictionary has some of, as others. */
function sampleOf({ dictionary }: RawDeflateOptions): Buffer {
  return Buffer.from(dictionary.toString('latin1', 0, 512) + dictionary.toString('hex', 0, 512));
}

/** Nobody promises that Node stays as it is within: where one stream is not right twice, Node's own function is used. */
function checked(reused: Conversion, own: Conversion, isRight: (convert: Conversion) => boolean): Conversion {
  const choose = (): Conversion => {
    try {
      return isRight(reused) && isRight(reused) ? reused : own;
    } catch {
      return own;
    }
  };
  let chosen: Conversion | undefined;
  return (bytes) => (chosen ??= choose())(bytes);
}

/** What a stream of zlib has within, with which Node's own function fills memory: not documented. */
interface Within {
  readonly _handle: {
    writeSync(
      flush: number,
      input: Uint8Array,
      inputStart: number,
      inputLength: number,
      output: Uint8Array,
      outputStart: number,
      outputLength: number,
    ): void;
  };
  /** After that: bytes that are left of the output and of the input. */
  readonly _writeState: Uint32Array;
}

type Stream = ReturnType<typeof createInflateRaw>;

/**
 * By one stream that is used for all that comes. Node's own function makes one each time, which takes as long as what it does
 * with a kilobyte or two (`docs/adr/0038-use-streams-of-zlib-again.md`).
 */
function reusing(makeStream: () => Stream, chunkSize: number): Conversion {
  let open: OpenStream | undefined;
  return (bytes) => {
    const { stream, handle, state, memory } = (open ??= opened(makeStream(), chunkSize));
    stream.reset();
    const full: Buffer[] = [];
    for (let left = bytes.length; ;) {
      // As if nothing were written, so that this ends in a Node that does not write here.
      state[0] = chunkSize;
      // All that there is comes at once, so that zlib tells when it ends too early.
      handle.writeSync(constants.Z_FINISH, bytes, bytes.length - left, left, memory, 0, chunkSize);
      if (stream.errored !== null) {
        open = undefined;
        throw stream.errored;
      }
      const [room = 0, rest = 0] = state;
      const filled = memory.subarray(0, chunkSize - room);
      if (room > 0) return full.length === 0 ? filled : Buffer.concat([...full, filled]);
      full.push(Buffer.from(filled));
      left = rest;
    }
  };
}

interface OpenStream {
  readonly stream: Stream;
  readonly handle: Within['_handle'];
  readonly state: Within['_writeState'];
  readonly memory: Buffer;
}

function opened(stream: Stream, chunkSize: number): OpenStream {
  if (!hasWithin(stream)) throw new Error('a stream of zlib does not have within what it had');
  // What it emits is thrown, too.
  stream.on('error', () => {});
  const { _handle: handle, _writeState: state } = stream;
  return { stream, handle, state, memory: Buffer.allocUnsafeSlow(chunkSize) };
}

function hasWithin(stream: Stream): stream is Stream & Within {
  return '_handle' in stream && '_writeState' in stream;
}
