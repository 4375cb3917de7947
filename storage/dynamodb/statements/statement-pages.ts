import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { CandidateReader } from '#storage/dynamodb/statements/candidate-reader.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { PageBuilder } from '#storage/dynamodb/statements/page-builder.ts';
import type { PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import type { QueryPlanner } from '#storage/dynamodb/statements/query-plan.ts';
import { MergedCandidates, SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import type { ExistingRow, StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import { followTargets } from '#storage/dynamodb/statements/target-chain.ts';
import type { StatementPage } from '#storage/statement-store.ts';

/** Rows read at once from each source when many of them will not match. */
const FILTERED_PAGE_SIZE = 200;
/**
 * Rows to be read besides those of a page: the one the page before ended with, the one behind the page, which decides
 * whether there is a `next`, and the one behind that, which shows that it is complete.
 */
const BESIDE_PAGE = 3;

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
    const filtered = isFiltered(plan.rest);
    const pageSize = filtered ? FILTERED_PAGE_SIZE : limit + BESIDE_PAGE;
    const cursors = plan.sources.map((source) => new SourceCursor(source, range, pageSize));
    const merged = new MergedCandidates(cursors, range.ascending);
    const page = new PageBuilder(limit, request.maxBytes);
    for (;;) {
      const candidates = await merged.take(filtered ? FILTERED_PAGE_SIZE : page.room + 1);
      if (candidates.length === 0) return page.end();
      const rows = await this.#candidates.read(keyspace, candidates);
      for (const [index, row] of rows.entries()) {
        const unproven = candidates[index]?.inherited === true ? filters : plan.rest;
        const statement = row && (await this.#matching(keyspace, row, unproven));
        if (statement !== undefined && !page.add(statement)) return page.endBefore();
        if (page.isOverBudget(candidates[index]?.at)) return page.endAfterLooking();
      }
    }
  }

  async #matching(keyspace: Keyspace, row: ExistingRow, unproven: KeyFilters): Promise<StoredStatement | undefined> {
    const statement = await this.#reader.stored(row);
    if (isFiltered(unproven) && !(await this.#meets(keyspace, statement, unproven))) return undefined;
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

function isFiltered({ agent, verb, activity, registration, authority }: KeyFilters): boolean {
  return [agent, verb, activity, registration, authority].some((value) => value !== undefined);
}
