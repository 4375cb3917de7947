/** What a function may cost at a cold start: bytes of its bundle, and milliseconds to import it, without the start of Node. */
export interface Budget {
  readonly bytes: number;
  readonly importTime: number;
}

const BUDGETS = {
  statements: { bytes: 310_000, importTime: 60 },
  // It has the description of its API with it, the validators of all that it takes, and the client of Lambda.
  admin: { bytes: 600_000, importTime: 90 },
  // It has the code with it that stores statements, Parquet and the client of Lambda. No request waits for it.
  'lake-writer': { bytes: 400_000, importTime: 80 },
  // All of that, and what reads statements; no request waits for it either.
  jobs: { bytes: 500_000, importTime: 100 },
  others: { bytes: 270_000, importTime: 60 },
} as const satisfies Readonly<Record<string, Budget>>;

export function budgetOf(name: string): Budget {
  const budgets: Readonly<Record<string, Budget>> = BUDGETS;
  return budgets[name] ?? BUDGETS.others;
}
