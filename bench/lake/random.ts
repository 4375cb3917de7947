import { createHash } from 'node:crypto';
import { seededRandom } from '#bench/support/random.ts';

/** Choices that are the same for the same seed, so that what is measured today is measured tomorrow. */
export class Random {
  /** From 0 up to 1. */
  readonly fraction: () => number;

  constructor(seed: number) {
    this.fraction = seededRandom(seed);
  }

  /** A whole number from 0 up to `limit`. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** Mostly the first ones, as with everything that is popular. @param list not empty */
  popular<Value>(list: readonly Value[]): Value {
    return this.#at(list, Math.floor(this.fraction() ** 2 * list.length));
  }

  pick<Value>(list: readonly Value[]): Value {
    return this.#at(list, this.below(list.length));
  }

  uuid(): string {
    const words = Array.from({ length: 4 }, () =>
      this.below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    );
    return uuidOf(words.join(''));
  }

  #at<Value>(list: readonly Value[], index: number): Value {
    const value = list[index];
    if (value === undefined) throw new Error('The list is empty.');
    return value;
  }
}

/** The same for the same text. */
export function namedUuid(text: string): string {
  return uuidOf(createHash('sha256').update(text).digest('hex'));
}

function uuidOf(digits: string): string {
  const [a, b, c, d, e] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20), digits];
  return `${a}-${b}-4${c}-a${d}-${e.slice(20, 32)}`;
}
