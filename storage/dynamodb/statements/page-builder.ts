import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import { pageEnd } from '#storage/dynamodb/statements/page-end.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import type { StatementPage } from '#storage/statement-store.ts';

/** Candidates looked at for one page, once it holds a statement or may be empty; then it ends early, with a `next`. */
const READ_BUDGET = 2_000;

/** Collects the statements of a page until it is full, and knows where the next one begins. */
export class PageBuilder {
  readonly #index: PackedIndex;
  readonly #limit: number;
  readonly #maxBytes: number;
  readonly #mayBeEmpty: boolean;
  readonly #statements: StoredStatement[] = [];
  #bytes = 0;
  #looked = 0;
  #lookedAt: Pick<Candidate, 'at'> | undefined;

  /** @param index by which what it holds is found */
  constructor(index: PackedIndex, limit: number, maxBytes: number, mayBeEmpty = false) {
    this.#index = index;
    this.#limit = limit;
    this.#maxBytes = maxBytes;
    this.#mayBeEmpty = mayBeEmpty;
  }

  get room(): number {
    return this.#limit - this.#statements.length;
  }

  /** @returns false when the page is full without this statement. */
  add(statement: StoredStatement): boolean {
    const full = this.room === 0 || (this.#statements.length > 0 && this.#bytes + statement.bytes > this.#maxBytes);
    if (full) return false;
    this.#bytes += statement.bytes;
    this.#statements.push(statement);
    return true;
  }

  /** Counts a candidate that was looked at, or what it stands for. */
  isOverBudget(candidate: Pick<Candidate, 'at' | 'leftOut'>): boolean {
    this.#looked += candidate.leftOut ?? 1;
    this.#lookedAt = candidate;
    return this.#looked >= READ_BUDGET && (this.#mayBeEmpty || this.#statements.length > 0);
  }

  end(): StatementPage {
    return { statements: this.#statements };
  }

  /**
   * There is another statement for the next page.
   *
   * @param cutAfter the position before it, when nothing leads to both
   */
  endBefore(cutAfter: string | undefined): StatementPage {
    const at = this.#statements.at(-1)?.at;
    if (at === undefined) return { statements: this.#statements };
    return { statements: this.#statements, next: cutAfter === at ? pageEnd(at, this.#index) : at };
  }

  endAfterLooking(): StatementPage {
    const next = this.#lookedAt?.at;
    return { statements: this.#statements, ...(next !== undefined && { next }) };
  }
}
