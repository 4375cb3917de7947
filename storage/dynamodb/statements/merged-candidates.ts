import { bringsRow, type Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import type { SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';

/** Merges cursors by position; a statement that several lead to comes once. */
export class MergedCandidates {
  readonly #cursors: readonly SourceCursor[];
  readonly #ascending: boolean;
  readonly #cuts = new Map<Candidate, string>();
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
    for (let passed = 0; passed < count;) {
      if (this.#cursors.some(isStarved)) {
        await Promise.all(this.#cursors.filter(isStarved).map((cursor) => cursor.fill()));
      }
      const next = this.#takeNext(count - passed);
      if (next.length === 0) break;
      this.#last = next.at(-1)?.at;
      for (const candidate of next) {
        taken.push(candidate);
        passed += candidate.leftOut ?? 1;
      }
    }
    return taken;
  }

  /**
   * In ascending order: the position before a candidate that was taken, when nothing leads to both, so that a page may begin
   * `behind` that.
   */
  cutBefore(candidate: Candidate): string | undefined {
    return this.#cuts.get(candidate);
  }

  /** Of the section that comes first, as many as come before what the other cursors have. */
  #takeNext(count: number): readonly Candidate[] {
    let first: SourceCursor | undefined;
    let head: Candidate | undefined;
    let bound: string | undefined;
    for (const cursor of this.#cursors) {
      const other = cursor.head;
      if (other === undefined) continue;
      if (head === undefined || this.#isBefore(other, head)) [first, head, bound] = [cursor, other, head?.at];
      else if (bound === undefined || this.#isEarlier(other.at, bound)) bound = other.at;
    }
    if (first === undefined || head === undefined) return [];
    const cutAfter = this.#cutAfterLast();
    if (cutAfter !== undefined) this.#cuts.set(head, cutAfter);
    return bound === undefined || head.at !== bound ? first.takeBefore(bound, count) : this.#takeFromAll(head);
  }

  #takeFromAll(candidate: Candidate): readonly Candidate[] {
    for (const cursor of this.#cursors) {
      while (cursor.head?.at === candidate.at) cursor.advance();
    }
    return [candidate];
  }

  #cutAfterLast(): string | undefined {
    const last = this.#last;
    if (!this.#ascending || last === undefined) return undefined;
    return this.#cursors.every((cursor) => cursor.beginsBehind(last)) ? last : undefined;
  }

  /** Of two that lead to the same statement, the one that brings its row comes first. */
  #isBefore(one: Candidate, other: Candidate): boolean {
    if (one.at === other.at) return bringsRow(one) && !bringsRow(other);
    return this.#isEarlier(one.at, other.at);
  }

  #isEarlier(one: string, other: string): boolean {
    return one < other === this.#ascending;
  }
}

function isStarved({ starved }: SourceCursor): boolean {
  return starved;
}
