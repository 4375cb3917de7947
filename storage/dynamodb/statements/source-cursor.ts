import { blockOf } from '#storage/position.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { Candidate, PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import type { PositionRange } from '#storage/dynamodb/statements/position-range.ts';

/** Walks through one source in the order of the range. */
export class SourceCursor {
  readonly #source: PointerSource;
  readonly #range: PositionRange;
  readonly #pageSize: number;
  #ready: Candidate[] = [];
  /** Read, but maybe not all of their array yet. */
  #held: Candidate[] = [];
  #startKey: Item | undefined;
  #ended = false;

  constructor(source: PointerSource, range: PositionRange, pageSize: number) {
    this.#source = source;
    this.#range = range;
    this.#pageSize = pageSize;
  }

  /** Whether `fill` has to be called before the head is known. */
  get starved(): boolean {
    return this.#ready.length === 0 && !this.#ended;
  }

  get head(): Candidate | undefined {
    return this.#ready[0];
  }

  advance(): void {
    this.#ready.shift();
  }

  async fill(): Promise<void> {
    while (this.starved) {
      const page = await this.#source.read(this.#range, this.#pageSize, this.#startKey);
      this.#startKey = page.next;
      this.#ended = page.next === undefined;
      if (this.#source.mixesArrays) this.#release([...this.#held, ...page.candidates]);
      else this.#ready.push(...page.candidates);
    }
  }

  /** Puts into order what is complete, and holds back the last array, of which more may follow. */
  #release(candidates: Candidate[]): void {
    const direction = this.#range.ascending ? 1 : -1;
    const sorted = candidates.sort((one, other) => compare(one.at, other.at) * direction);
    const last = sorted.at(-1);
    const cut =
      this.#ended || last === undefined
        ? sorted.length
        : sorted.findIndex(({ at }) => blockOf(at) === blockOf(last.at));
    this.#ready.push(...sorted.slice(0, cut));
    this.#held = sorted.slice(cut);
  }
}

/** Merges cursors by position; a statement that several lead to comes once. */
export class MergedCandidates {
  readonly #cursors: readonly SourceCursor[];
  readonly #ascending: boolean;

  constructor(cursors: readonly SourceCursor[], ascending: boolean) {
    this.#cursors = cursors;
    this.#ascending = ascending;
  }

  /** The next candidates in order; fewer than asked for at the end only. */
  async take(count: number): Promise<readonly Candidate[]> {
    const taken: Candidate[] = [];
    while (taken.length < count) {
      await Promise.all(this.#cursors.filter((cursor) => cursor.starved).map((cursor) => cursor.fill()));
      const next = this.#takeNext();
      if (next === undefined) break;
      taken.push(next);
    }
    return taken;
  }

  #takeNext(): Candidate | undefined {
    const heads = this.#cursors.flatMap(({ head }) => head ?? []);
    const [first, ...rest] = heads;
    if (first === undefined) return undefined;
    const next = rest.reduce((best, head) => (this.#isBefore(head, best) ? head : best), first);
    for (const cursor of this.#cursors) {
      while (cursor.head?.at === next.at) cursor.advance();
    }
    return next;
  }

  /** Of two that lead to the same statement, the one that brings its row comes first. */
  #isBefore(one: Candidate, other: Candidate): boolean {
    if (one.at === other.at) return one.row !== undefined && other.row === undefined;
    return one.at < other.at === this.#ascending;
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
