import type { Item } from '#storage/dynamodb/attributes.ts';
import type { Candidate, PointerSource, Run } from '#storage/dynamodb/statements/pointer-source.ts';
import { isInRange, isWithin, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';

/** Items that are read at once, at most, unless a page takes more. */
const MOST_ITEMS = 500;

/** Walks through one source in the order of the range. */
export class SourceCursor {
  readonly #source: PointerSource;
  readonly #range: PositionRange;
  readonly #pageSize: number;
  /** Read and not unpacked yet. */
  #runs: Run[] = [];
  /** Of everything read. */
  #items = 0;
  #statements = 0;
  /** How many times as much as a page seems to take is read next. */
  #times = 1;
  /** The statements of the section that is being walked through, in order, and where that begins. */
  #candidates: readonly Candidate[] = [];
  #begin = '';
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
    while (this.#next === this.#candidates.length && this.#unpack());
    return this.#candidates[this.#next];
  }

  advance(): void {
    this.#next += 1;
  }

  /** In ascending order: whether nothing that begins at this position or before leads to the head. */
  beginsBehind(at: string): boolean {
    return this.head === undefined || (this.#next === 0 && this.#begin > at);
  }

  async fill(): Promise<void> {
    if (this.#source.isFiltered !== true) this.#times = 1;
    // More each time that it was not enough, as where what one statement after the other has inherited overlaps.
    for (; this.starved; this.#times *= 2) {
      const limit = Math.min(this.#itemsToRead() * this.#times, Math.max(this.#pageSize, MOST_ITEMS));
      const page = await this.#source.read(this.#range, limit, this.#startKey);
      this.#startKey = page.next;
      this.#ended = page.next === undefined;
      this.#runs.push(...page.runs);
      this.#items += page.runs.length;
      this.#statements += page.runs.reduce((sum, { size }) => sum + size, 0);
    }
  }

  /** As many as a page takes, as far as can be told: first by what is usual, then by what was there. */
  #itemsToRead(): number {
    if (this.#items === 0) return this.#source.itemsFor(this.#pageSize, this.#range);
    return Math.min(this.#pageSize, Math.ceil((this.#pageSize * this.#items) / Math.max(this.#statements, 1)) + 1);
  }

  /** @returns false when nothing is left, or more may follow that overlaps with what is next. */
  #unpack(): boolean {
    const end = this.#endOfOverlap();
    if (end === undefined) return false;
    const direction = this.#range.ascending ? 1 : -1;
    const runs = this.#runs.splice(0, end);
    this.#begin = runs[0]?.first ?? '';
    this.#candidates = runs
      .flatMap((run) => (isWithin(this.#range, run) ? run.candidates() : run.candidates().filter(this.#isInRange)))
      .sort((one, other) => compare(one.at, other.at) * direction || Number(bringsRow(other)) - Number(bringsRow(one)));
    this.#next = 0;
    return true;
  }

  readonly #isInRange = ({ at }: Candidate): boolean => isInRange(this.#range, at);

  /** How many of the next runs overlap with each other: an entry, and what some of its statements inherited later. */
  #endOfOverlap(): number | undefined {
    if (this.#source.isDisjoint === true && this.#runs.length > 0) return 1;
    let [from, to] = ['', ''];
    for (const [index, { first, last, reach }] of this.#runs.entries()) {
      const isApart = this.#range.ascending ? first > to : last < from && reach < from;
      if (index > 0 && isApart) return index;
      from = index === 0 || first < from ? first : from;
      to = last > to ? last : to;
    }
    return this.#ended && this.#runs.length > 0 ? this.#runs.length : undefined;
  }
}

/** Merges cursors by position; a statement that several lead to comes once. */
export class MergedCandidates {
  readonly #cursors: readonly SourceCursor[];
  readonly #ascending: boolean;
  #last: string | undefined;

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
      if (this.#cursors.some(isStarved)) {
        await Promise.all(this.#cursors.filter(isStarved).map((cursor) => cursor.fill()));
      }
      const next = this.#takeNext();
      if (next === undefined) break;
      taken.push(next);
    }
    return taken;
  }

  #takeNext(): Candidate | undefined {
    let next: Candidate | undefined;
    for (const { head } of this.#cursors) {
      if (head !== undefined && (next === undefined || this.#isBefore(head, next))) next = head;
    }
    if (next === undefined) return undefined;
    const cutAfter = this.#cutAfterLast();
    for (const cursor of this.#cursors) {
      while (cursor.head?.at === next.at) cursor.advance();
    }
    this.#last = next.at;
    return cutAfter === undefined ? next : { ...next, cutAfter };
  }

  #cutAfterLast(): string | undefined {
    const last = this.#last;
    if (!this.#ascending || last === undefined) return undefined;
    return this.#cursors.every((cursor) => cursor.beginsBehind(last)) ? last : undefined;
  }

  /** Of two that lead to the same statement, the one that brings its row comes first. */
  #isBefore(one: Candidate, other: Candidate): boolean {
    if (one.at === other.at) return bringsRow(one) && !bringsRow(other);
    return one.at < other.at === this.#ascending;
  }
}

function isStarved({ starved }: SourceCursor): boolean {
  return starved;
}

function bringsRow({ row }: Candidate): boolean {
  return row !== undefined;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
