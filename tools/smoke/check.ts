import type { Answer } from './answer.ts';
import type { Access, Sent } from './client.ts';
import type { Finding } from './finding.ts';
import type { Pace } from './pace.ts';
import type { SmokeData } from './smoke-data.ts';

/** One thing that is to be true of a deployed endpoint. */
export interface Check {
  /** For `--only`; small letters and hyphens. */
  readonly name: string;
  /** One sentence. */
  readonly proves: string;
  /** When it fails, no other check is worth running. */
  readonly essential?: boolean;
  /** @returns why the check does not apply to this endpoint; undefined when it does. */
  skips?(target: Target): string | undefined;
  /** @throws NoAnswer, EndlessAnswer; either fails the check. */
  run(inspection: Inspection): Promise<void>;
}

/** What is checked. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: URL;
  readonly access: Access;
  /** A credential that may not do everything. */
  readonly limited: Access | undefined;
}

/** What a check works with. */
export interface Inspection extends Target {
  readonly data: SmokeData;
  readonly pace: Pace;
  /** Resources by the time of their first request, in milliseconds. */
  readonly firstCalls: ReadonlyMap<string, number>;
  /** Aborted when the time is up, or by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Fails the check if the answer is a 5xx or shows internals. */
  readonly send: (sent: Sent) => Promise<Answer>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Fails the check unless the condition holds; the finding is made fit to be printed. @returns whether it does. */
  readonly verify: (holds: boolean, finding: Finding) => boolean;
  /** Tells what was seen and is no failure; the text is made fit to be printed. */
  readonly note: (text: string) => void;
}
