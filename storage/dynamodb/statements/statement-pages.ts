import type { Visibility } from '#access/limits.ts';
import { isLimited } from '#access/visibility.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import { chunksOf } from '#storage/bounded.ts';
import type { CandidateReader } from '#storage/dynamodb/statements/candidate-reader.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { FilterProof } from '#storage/dynamodb/statements/filter-proof.ts';
import { MergedCandidates } from '#storage/dynamodb/statements/merged-candidates.ts';
import { PageBuilder } from '#storage/dynamodb/statements/page-builder.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import { startAfter } from '#storage/dynamodb/statements/page-end.ts';
import { positionRange, type Span } from '#storage/dynamodb/statements/position-range.ts';
import type { QueryPlanner } from '#storage/dynamodb/statements/query-plan.ts';
import { rowsOfShard } from '#storage/dynamodb/statements/rows-of-shard.ts';
import { SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import type { VisibleRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import type { StatementPage } from '#storage/statement-store.ts';

/** Rows read at once, of each source or of all its shards together, when many of them will not match. */
const FILTERED_PAGE_SIZE = 200;
/**
 * Candidates that are checked at once, each of which may take reads of what it refers to; and by which the number grows
 * that is looked at in a round when the rounds before have not filled the page.
 */
const STEP = 25;
const MOST_STEPS = 8;
/**
 * Rows to be read besides those of a page: the one the page before ended with, the one behind the page, which decides
 * whether there is a `next`, and the one behind that, which shows that it is complete.
 */
const BESIDE_PAGE = 3;

export interface PageRequest {
  readonly filters: KeyFilters;
  readonly visible: Visibility;
  /** Its `after` may be what `pageEnd` has made. */
  readonly span: Span;
  readonly limit: number;
  readonly maxBytes: number;
  readonly mayBeEmpty: boolean;
}

interface Found {
  readonly candidate: Candidate;
  /** Absent: nothing is to be seen. */
  readonly row: VisibleRow | undefined;
}

type Checked = StoredStatement | undefined;

interface Check {
  /** As `MergedCandidates` tells it. */
  readonly cutBefore: (candidate: Candidate) => string | undefined;
  /** Whether the candidate may be none that the page asks for. */
  readonly isNeeded: (candidate: Candidate) => boolean;
  /** The statement, if it is one that the page asks for. */
  readonly statement: (candidate: Candidate, row: VisibleRow) => Checked | Promise<Checked>;
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
    const { span, limit, filters, visible } = request;
    const plan = await this.#planner.plan(keyspace, filters, visible);
    const range = positionRange({ ...span, after: span.after && startAfter(span.after, plan.index) });
    if (range.from > range.to) return { statements: [] };
    const pageSize = isFiltered(plan.rest) || isLimited(visible) ? FILTERED_PAGE_SIZE : limit + BESIDE_PAGE;
    const cursors = plan.sources.map((source) => {
      return new SourceCursor(source, range, rowsOfShard(pageSize, source.shards ?? 1));
    });
    const merged = new MergedCandidates(cursors, range.ascending);
    const page = new PageBuilder(plan.index, limit, request.maxBytes, request.mayBeEmpty);
    const proof = new FilterProof(keyspace, this.#reader, visible);
    const unproven = ({ inherited }: Candidate): KeyFilters => (inherited === true ? filters : plan.rest);
    const isNeeded = (candidate: Candidate): boolean => isFiltered(unproven(candidate)) || isLimited(visible);
    const proven = (candidate: Candidate, statement: StoredStatement): Checked | Promise<Checked> => {
      if (!isNeeded(candidate)) return statement;
      const meets = proof.meets(statement, unproven(candidate), candidate.places);
      return whenReady(meets, (does) => (does ? statement : undefined));
    };
    const check: Check = {
      isNeeded,
      cutBefore: (candidate) => merged.cutBefore(candidate),
      statement: (candidate, row) => whenReady(this.#reader.stored(row), (statement) => proven(candidate, statement)),
    };
    for (let round = 0; ; round += 1) {
      const candidates = await merged.take(Math.max(page.room + 1, Math.min(round, MOST_STEPS) * STEP));
      if (candidates.length === 0) return page.end();
      const ended = await this.#fill(page, keyspace, candidates, check);
      if (ended !== undefined) return ended;
    }
  }

  /** @returns the page once it has ended. */
  async #fill(
    page: PageBuilder,
    keyspace: Keyspace,
    candidates: readonly Candidate[],
    check: Check,
  ): Promise<StatementPage | undefined> {
    const rows = await this.#candidates.read(keyspace, candidates);
    const found: readonly Found[] = candidates.map((candidate, index) => ({ candidate, row: rows[index] }));
    for (const some of chunksOf(found, STEP)) {
      // Without its text, for which a whole pack may have to be unpacked.
      const isNext = ({ candidate, row }: Found): boolean => row !== undefined && !check.isNeeded(candidate);
      const next = page.room === 0 ? some.find(isNext) : undefined;
      if (next !== undefined) return page.endBefore(check.cutBefore(next.candidate));
      const checked = some.map(({ candidate, row }) => row && check.statement(candidate, row));
      const statements = await allOf(checked);
      for (const [index, { candidate }] of some.entries()) {
        const statement = statements[index];
        if (statement !== undefined && !page.add(statement)) return page.endBefore(check.cutBefore(candidate));
        if (page.isOverBudget(candidate)) return page.endAfterLooking();
      }
    }
    return undefined;
  }
}

/** Without a promise where there is nothing to wait for: of a page, mostly everything is at hand. */
function whenReady<Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}

async function allOf(all: readonly (Checked | Promise<Checked>)[]): Promise<readonly Checked[]> {
  await Promise.all(all.filter((one) => one instanceof Promise));
  const values: Checked[] = [];
  for (const one of all) values.push(one instanceof Promise ? await one : one);
  return values;
}

function isFiltered({ agent, verb, activity, registration }: KeyFilters): boolean {
  return [agent, verb, activity, registration].some((value) => value !== undefined);
}
