import type { ErrorCode } from '#xapi/errors.ts';

/** What the gateway answers by itself, without asking a function. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode | 'internal-error';
  /** One sentence for the client. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}
