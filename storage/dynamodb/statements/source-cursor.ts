import type { Item } from '#storage/dynamodb/attributes.ts';
import type { Candidate, PointerSource, Run } from '#storage/dynamodb/statements/pointer-source.ts';
import { isInRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';

/** Walks through one source in the order of the range. */
export class SourceCursor {
  readonly #source: PointerSource;
  readonly #range: PositionRange;
  readonly #pageSize: number;
  /** Read and not unpacked yet. */
  #runs: Run[] = [];
  /** The statements of the array that is being walked through, in order. */
  #candidates: readonly Candidate[] = [];
  #next = 0;
  #startKey: Item | undefined;
  #ended = false;

  constructor(source: PointerSource, range: PositionRange, pageSize: number) {
    this.#source = source;
    this.#range = range;
    this.#pageSize = pageSize;
  }

  /** Whether `fill` has to be called before the head is known. */
  get starved(): boolean {
    return this.head === undefined && !this.#ended;
  }

  get head(): Candidate | undefined {
    while (this.#next === this.#candidates.length && this.#unpackArray());
    return this.#candidates[this.#next];
  }

  advance(): void {
    this.#next += 1;
  }

  async fill(): Promise<void> {
    while (this.starved) {
      const page = await this.#source.read(this.#range, this.#pageSize, this.#startKey);
      this.#startKey = page.next;
      this.#ended = page.next === undefined;
      this.#runs.push(...page.runs);
    }
  }

  /** @returns false when nothing is left, or more may follow of the array that is next. */
  #unpackArray(): boolean {
    const array = this.#runs[0]?.array;
    const end = this.#runs.findIndex((run) => run.array !== array);
    if (array === undefined || (end === -1 && !this.#ended)) return false;
    const runs = this.#runs.splice(0, end === -1 ? this.#runs.length : end);
    const direction = this.#range.ascending ? 1 : -1;
    this.#candidates = runs
      .flatMap(({ candidates }) => candidates())
      .filter(({ at }) => isInRange(this.#range, at))
      .sort((one, other) => compare(one.at, other.at) * direction);
    this.#next = 0;
    return true;
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

  /**
   * The next candidates in order; fewer than asked for at the end only, or where one stands for many that were left out:
   * reading on past those is for whoever looks at them to decide.
   */
  async take(count: number): Promise<readonly Candidate[]> {
    const taken: Candidate[] = [];
    for (let passed = 0; passed < count; passed += taken.at(-1)?.leftOut ?? 1) {
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
