/**
 * The position (`at`) of a statement in the order of its store, the one sort key of every index:
 *
 *     mhs3k2ab0 4fk29x0a 0003
 *     │         │        └ counter within the millisecond and writer, base 36
 *     │         └ the writer: random per process
 *     └ `stored` in milliseconds since 1970, base 36
 *
 * Fixed widths, no separators, so that text order is the order of `stored`, and the statements of one array stand next
 * to each other with no foreign statement between them.
 */
const TIME_WIDTH = 9;
const WRITER_WIDTH = 8;
const COUNTER_WIDTH = 4;
const COUNTER_LIMIT = 36 ** COUNTER_WIDTH;
/** Sorts behind every base-36 digit. */
const AFTER = '~';

export const POSITION_PATTERN = /^[0-9a-z]{21}$/u;

/** Where a page may end: a position, or one behind which nothing is that begins before and is found by the index named. */
export const PAGE_END_PATTERN = /^[0-9a-z]{21}(?:~[a-z]+)?$/u;

export interface PositionBlock {
  /** Milliseconds since 1970, the `stored` of every statement of the block. */
  readonly stored: number;
  readonly positions: readonly string[];
}

/**
 * Hands out blocks of positions, later blocks behind earlier ones. `stored` is the clock's millisecond, or a later one
 * when the clock stands still longer than the counter lasts or goes back.
 */
export class PositionSource {
  readonly #now: () => number;
  readonly #writer: string;
  #stored = 0;
  #counter = 0;

  /** @param writer 0 ≤ writer < 36⁸, random per process. */
  constructor(now: () => number, writer: number) {
    this.#now = now;
    this.#writer = base36(writer, WRITER_WIDTH);
  }

  take(count: number): PositionBlock {
    const now = this.#now();
    if (now > this.#stored) this.#moveTo(now);
    if (this.#counter + count > COUNTER_LIMIT) this.#moveTo(this.#stored + 1);
    const prefix = base36(this.#stored, TIME_WIDTH) + this.#writer;
    const first = this.#counter;
    this.#counter += count;
    return {
      stored: this.#stored,
      positions: Array.from({ length: count }, (_, index) => prefix + base36(first + index, COUNTER_WIDTH)),
    };
  }

  /** Everything taken from now on is stored after this millisecond. */
  seal(milliseconds: number): void {
    if (milliseconds >= this.#stored) this.#moveTo(milliseconds + 1);
  }

  #moveTo(milliseconds: number): void {
    this.#stored = milliseconds;
    this.#counter = 0;
  }
}

/** `stored` of the statement at this position, in milliseconds since 1970. */
export function storedAt(position: string): number {
  return Number.parseInt(position.slice(0, TIME_WIDTH), 36);
}

/** What all positions of one array have in common. */
export function blockOf(position: string): string {
  return position.slice(0, TIME_WIDTH + WRITER_WIDTH);
}

/** The place of a position within its block. */
export function counterOf(position: string): number {
  return Number.parseInt(position.slice(TIME_WIDTH + WRITER_WIDTH, TIME_WIDTH + WRITER_WIDTH + COUNTER_WIDTH), 36);
}

/** The inverse of `blockOf` and `counterOf`. */
export function positionIn(block: string, counter: number): string {
  return block + base36(counter, COUNTER_WIDTH);
}

/** The position so many places behind this one within its block, or before it; not beyond the ends of the block. */
export function shifted(position: string, places: number): string {
  return positionIn(blockOf(position), Math.min(Math.max(counterOf(position) + places, 0), COUNTER_LIMIT - 1));
}

/** Sorts before every position whose `stored` is this millisecond or later. */
export function startOf(milliseconds: number): string {
  return base36(clamp(milliseconds), TIME_WIDTH);
}

/** Sorts behind every position whose `stored` is this millisecond or earlier. */
export function endOf(milliseconds: number): string {
  return base36(clamp(milliseconds), TIME_WIDTH) + AFTER;
}

/** Sorts behind the position and all that begins with it, and before the next one. */
export function behind(position: string): string {
  return position + AFTER;
}

/** Sorts behind every position before this one, and all that begins with it; before this one. */
export function before(position: string): string {
  const counter = counterOf(position);
  return counter === 0 ? blockOf(position) : behind(positionIn(blockOf(position), counter - 1));
}

function clamp(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), 36 ** TIME_WIDTH - 1);
}

function base36(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}

/** Draws the writer part of a process's positions. */
export function writerFrom(random: () => number): number {
  return Math.floor(random() * 36 ** WRITER_WIDTH);
}
