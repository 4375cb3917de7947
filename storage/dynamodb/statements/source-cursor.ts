import type { Item } from '#storage/dynamodb/attributes.ts';
import {
  bringsRow,
  type Candidate,
  type PointerSource,
  type Run,
} from '#storage/dynamodb/statements/pointer-source.ts';
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

  /**
   * The next candidates of the section of the head.
   *
   * @param bound the position of another one's head; those that are not before it are left
   * @param count of statements and of what was left out, at which to stop
   */
  takeBefore(bound: string | undefined, count: number): readonly Candidate[] {
    const start = this.#next;
    let passed = 0;
    while (passed < count) {
      const candidate = this.#candidates[this.#next];
      if (candidate === undefined || (bound !== undefined && !this.#isBefore(candidate.at, bound))) break;
      passed += candidate.leftOut ?? 1;
      this.#next += 1;
    }
    return this.#candidates.slice(start, this.#next);
  }

  #isBefore(one: string, other: string): boolean {
    return this.#range.ascending ? one < other : one > other;
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
    const runs = this.#runs.splice(0, end);
    this.#begin = runs[0]?.first ?? '';
    this.#candidates = this.#merged(runs.map((run) => this.#candidatesOf(run)));
    this.#next = 0;
    return true;
  }

  #candidatesOf(run: Run): readonly Candidate[] {
    const candidates = run.candidates();
    return isWithin(this.#range, run) ? candidates : candidates.filter(this.#isInRange);
  }

  /** In the order of the range; of several that lead to the same statement, one, with its row if any brings that. */
  #merged([first = [], ...others]: readonly (readonly Candidate[])[]): readonly Candidate[] {
    const { ascending } = this.#range;
    if (others.length === 0) return ascending ? first : first.toReversed();
    const direction = ascending ? 1 : -1;
    return first
      .concat(...others)
      .sort((one, other) => compare(one.at, other.at) * direction || Number(bringsRow(other)) - Number(bringsRow(one)))
      .filter(({ at }, index, all) => at !== all[index - 1]?.at);
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

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
