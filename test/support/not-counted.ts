import type { AuthorizedResourceDeps } from '#http/resource.ts';

const nothing = (): void => undefined;
const done = (): Promise<void> => Promise.resolve();

/** For tests that are about neither limits nor the audit. */
export const NOT_COUNTED: Pick<AuthorizedResourceDeps, 'requestGate' | 'auditor'> = {
  requestGate: { admit: nothing, settled: done },
  auditor: { record: done, recordHourly: nothing, count: nothing, countFailure: nothing, settled: done },
};
