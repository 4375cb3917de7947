import type { StatementRow } from '#lake/rows/row.ts';
import { durationSeconds } from '#xapi/data-types/duration.ts';
import type { Result } from '#xapi/statement/statement.ts';

type ResultCells = Pick<
  StatementRow,
  'score_scaled' | 'score_raw' | 'score_min' | 'score_max' | 'success' | 'completion' | 'response' | 'duration_seconds'
>;

/** xAPI 1.0.3, Data 2.4.5. */
export function resultCells(result: Result | undefined): ResultCells {
  const score = result?.score;
  return {
    score_scaled: finite(score?.scaled),
    score_raw: finite(score?.raw),
    score_min: finite(score?.min),
    score_max: finite(score?.max),
    success: result?.success ?? null,
    completion: result?.completion ?? null,
    response: result?.response ?? null,
    duration_seconds: result?.duration === undefined ? null : finite(durationSeconds(result.duration)),
  };
}

/** JSON has numbers that no double holds: they are in `raw` only. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
