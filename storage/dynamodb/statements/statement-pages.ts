import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { CandidateReader } from '#storage/dynamodb/statements/candidate-reader.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import type { PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import type { QueryPlan, QueryPlanner } from '#storage/dynamodb/statements/query-plan.ts';
import { MergedCandidates, SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import type { ExistingRow, StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import { followTargets } from '#storage/dynamodb/statements/target-chain.ts';
import type { StatementPage } from '#storage/statement-store.ts';

/** Candidates looked at for one page, once it holds a statement; then the page ends early, with a `next`. */
const READ_BUDGET = 2_000;
/** Rows read at once from each source when many of them will not match. */
const FILTERED_PAGE_SIZE = 200;
/** The statement after the page, which decides whether there is a `next`, and the one the page before ended with. */
const BESIDE_PAGE = 2;

export interface PageRequest {
  readonly filters: KeyFilters;
  readonly range: PositionRange;
  readonly limit: number;
  readonly maxBytes: number;
}

/** Reads pages of statements. */
export class StatementPages {
  readonly #planner: QueryPlanner;
  readonly #candidates: CandidateReader;
  readonly #reader: StatementReader;

  constructor(planner: QueryPlanner, candidates: CandidateReader, reader: StatementReader) {
    this.#planner = planner;
    this.#candidates = candidates;
    this.#reader = reader;
  }

  async read(keyspace: Keyspace, request: PageRequest): Promise<StatementPage> {
    const { range, limit, filters } = request;
    if (range.from > range.to) return { statements: [] };
    const plan = await this.#planner.plan(keyspace, filters);
    const filtered = isFiltered(plan);
    const pageSize = filtered ? FILTERED_PAGE_SIZE : limit + BESIDE_PAGE;
    const cursors = plan.sources.map((source) => new SourceCursor(source, range, pageSize));
    const merged = new MergedCandidates(cursors, range.ascending);
    const page = new PageBuilder(limit, request.maxBytes);
    for (;;) {
      const candidates = await merged.take(filtered ? FILTERED_PAGE_SIZE : page.room + 1);
      if (candidates.length === 0) return page.end();
      const rows = await this.#candidates.read(keyspace, candidates);
      for (const [index, row] of rows.entries()) {
        const statement = row && (await this.#matching(keyspace, row, plan));
        if (statement !== undefined && !page.add(statement)) return page.endBefore();
        if (page.isOverBudget(candidates[index]?.at)) return page.endAfterLooking();
      }
    }
  }

  async #matching(keyspace: Keyspace, row: ExistingRow, plan: QueryPlan): Promise<StoredStatement | undefined> {
    const statement = await this.#reader.stored(row);
    if (isFiltered(plan) && !(await this.#meets(keyspace, statement, plan.rest))) return undefined;
    return statement;
  }

  async #meets(keyspace: Keyspace, { id, text }: StoredStatement, filters: KeyFilters): Promise<boolean> {
    const keys = statementKeys(this.#reader.parse(text));
    if (matchesFilters([keys], filters)) return true;
    if (keys.target === undefined) return false;
    const chain = await followTargets(id, keys.target, async (link) => {
      const target = await this.#reader.visible(keyspace, link);
      return target && statementKeys(await this.#reader.value(target));
    });
    return matchesFilters([keys, ...chain.keys], filters);
  }
}

function isFiltered({ rest }: QueryPlan): boolean {
  return [rest.agent, rest.verb, rest.activity, rest.registration, rest.authority].some((value) => value !== undefined);
}

/** Collects the statements of a page until it is full, and knows where the next one begins. */
class PageBuilder {
  readonly #limit: number;
  readonly #maxBytes: number;
  readonly #statements: StoredStatement[] = [];
  #bytes = 0;
  #looked = 0;
  #lookedAt: string | undefined;

  constructor(limit: number, maxBytes: number) {
    this.#limit = limit;
    this.#maxBytes = maxBytes;
  }

  get room(): number {
    return this.#limit - this.#statements.length;
  }

  /** @returns false when the page is full without this statement. */
  add(statement: StoredStatement): boolean {
    const bytes = Buffer.byteLength(statement.text);
    const full = this.room === 0 || (this.#statements.length > 0 && this.#bytes + bytes > this.#maxBytes);
    if (full) return false;
    this.#bytes += bytes;
    this.#statements.push(statement);
    return true;
  }

  /** Counts a candidate that was looked at. */
  isOverBudget(at: string | undefined): boolean {
    this.#looked += 1;
    this.#lookedAt = at;
    return this.#looked >= READ_BUDGET && this.#statements.length > 0;
  }

  end(): StatementPage {
    return { statements: this.#statements };
  }

  /** There is another statement for the next page. */
  endBefore(): StatementPage {
    const last = this.#statements.at(-1);
    return { statements: this.#statements, ...(last === undefined ? {} : { next: last.at }) };
  }

  endAfterLooking(): StatementPage {
    return { statements: this.#statements, ...(this.#lookedAt === undefined ? {} : { next: this.#lookedAt }) };
  }
}
