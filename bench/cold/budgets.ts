/** What a function may cost at a cold start: bytes of its bundle, and milliseconds of a processor to import it. */
export interface Budget {
  readonly bytes: number;
  readonly importProcessorTime: number;
}

const BUDGETS = {
  statements: { bytes: 400_000, importProcessorTime: 60 },
  others: { bytes: 350_000, importProcessorTime: 60 },
} as const satisfies Readonly<Record<string, Budget>>;

export function budgetOf(name: string): Budget {
  return name === 'statements' ? BUDGETS.statements : BUDGETS.others;
}
