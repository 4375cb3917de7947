import { crc32 } from 'node:zlib';
import { openBodies, plainLength, type TextAt } from '#storage/dynamodb/statements/body-codec.ts';
import { LruMap } from '#storage/lru-map.ts';
import { ownCopy } from '#storage/own-copy.ts';
import { RecentlyMet } from '#storage/recently-met.ts';

/** Bytes of what is kept, compressed and not: of some 200 sections of 50 typical statements, or ten times as many packs. */
const ROOM = 16 * 1_048_576;
/** Times that it was read lately, of what is kept then: much is read twice, and then no more. */
const TIMES = 2;
/** What each takes besides, in bytes. */
const BESIDES = 1_024;

export interface KnownBodiesOptions {
  /** Bytes of what is kept, at most. */
  readonly room?: number;
  /** Mostly another one for other bytes. */
  readonly sumOf?: (bytes: Uint8Array) => number;
}

interface Kept {
  readonly bodies: Buffer;
  readonly count: number;
  readonly textAt: TextAt;
}

/**
 * What was read several times lately is kept as it is before it is compressed, because the same pages are asked for again and
 * again. It is known by its bytes alone, which DynamoDB is asked for each time: what has been changed, voided or erased there
 * is not given back, whoever did so (`docs/adr/0039-keep-packs-unpacked-that-are-read-again.md`).
 */
export class KnownBodies {
  readonly #kept: LruMap<number, Kept>;
  /** No more than there is room for: of what comes again later than that, nothing would be there any more. */
  readonly #met: RecentlyMet<number>;
  readonly #sumOf: (bytes: Uint8Array) => number;

  constructor({ room = ROOM, sumOf = crc32 }: KnownBodiesOptions = {}) {
    this.#kept = new LruMap<number, Kept>(room, sizeOf);
    this.#met = new RecentlyMet(room);
    this.#sumOf = sumOf;
  }

  /** The same as `openBodies`. */
  open(bodies: Uint8Array, count: number): TextAt {
    const sum = this.#sumOf(bodies);
    const kept = this.#kept.get(sum);
    if (kept !== undefined && kept.count === count && kept.bodies.equals(bodies)) return kept.textAt;
    const textAt = openBodies(bodies, count);
    if (this.#met.meet(sum, sizeOf({ bodies })) >= TIMES) {
      // A copy: these bytes may be a small part of memory that would stay with them.
      this.#kept.set(sum, { bodies: ownCopy(bodies), count, textAt });
    }
    return textAt;
  }
}

function sizeOf({ bodies }: { readonly bodies: Uint8Array }): number {
  return bodies.length + plainLength(bodies) + BESIDES;
}
