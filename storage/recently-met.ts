/**
 * What was met lately, in two generations: of the last so much that came, at least the newer half is known, at most all of
 * it. To forget a whole generation takes no time, where an `LruMap` looks for the oldest each time.
 */
export class RecentlyMet<Thing> {
  readonly #span: number;
  #young = new Set<Thing>();
  #old: ReadonlySet<Thing> = new Set<Thing>();
  /** Of the young ones. */
  #size = 0;

  /** @param span the sizes of what is known, at most, together */
  constructor(span: number) {
    this.#span = span;
  }

  /** From now on, the thing has been met. @returns whether it had been before */
  meet(thing: Thing, size: number): boolean {
    if (this.#young.has(thing)) return true;
    const isKnown = this.#old.has(thing);
    if (this.#size + size > this.#span / 2) this.#grow();
    this.#young.add(thing);
    this.#size += size;
    return isKnown;
  }

  #grow(): void {
    this.#old = this.#young;
    this.#young = new Set();
    this.#size = 0;
  }
}
