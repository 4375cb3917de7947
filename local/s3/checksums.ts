import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from '#local/s3/s3-error.ts';

const PREFIX = 'x-amz-checksum-';

interface Checksum {
  update(bytes: Buffer): void;
  base64(): string;
}

function hash(algorithm: string): Checksum {
  const state = createHash(algorithm);
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    base64: () => state.digest('base64'),
  };
}

function cyclic(): Checksum {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc32(bytes, value);
    },
    base64: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}

const ALGORITHMS: Readonly<Record<string, () => Checksum>> = {
  'content-md5': () => hash('md5'),
  [`${PREFIX}crc32`]: cyclic,
  [`${PREFIX}sha1`]: () => hash('sha1'),
  [`${PREFIX}sha256`]: () => hash('sha256'),
};

/** Checks a content, as it passes, against the checksums that its sender announced. */
export class ContentCheck {
  readonly #checksums: ReadonlyMap<string, Checksum>;

  /**
   * @param names of the headers, in lower case, that carry a checksum before or behind the content.
   * @throws S3Error `NotImplemented` for an algorithm this server does not know.
   */
  constructor(names: Iterable<string>) {
    this.#checksums = new Map(Array.from(names, (name) => [name, checksumFor(name)]));
  }

  update(bytes: Buffer): void {
    for (const checksum of this.#checksums.values()) checksum.update(bytes);
  }

  /**
   * @param sent the header of a name, or undefined.
   * @returns the headers with checksums that a client can check the content against when it reads it.
   * @throws S3Error `BadDigest` when one does not match.
   */
  verify(sent: (name: string) => string | undefined): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [name, checksum] of this.#checksums) {
      const value = checksum.base64();
      if (sent(name) !== value) throw new S3Error('BadDigest', `The ${name} you sent did not match the content.`);
      if (name.startsWith(PREFIX)) result[name] = value;
    }
    return result;
  }
}

/** The names of the headers that carry or announce a checksum of the content. */
export function checksumNames(headers: NodeJS.Dict<string | string[]>): string[] {
  const announced = String(headers['x-amz-trailer'] ?? '').split(',');
  return [...Object.keys(headers), ...announced.map((name) => name.trim().toLowerCase())].filter(
    (name) => name === 'content-md5' || (name.startsWith(PREFIX) && !SETTINGS.has(name)),
  );
}

/** Headers that look like a checksum and are none. */
const SETTINGS = new Set([`${PREFIX}algorithm`, `${PREFIX}mode`, `${PREFIX}type`]);

function checksumFor(name: string): Checksum {
  const algorithm = ALGORITHMS[name];
  if (algorithm === undefined) throw new S3Error('NotImplemented', `This server cannot check ${name}.`);
  return algorithm();
}
