import type { Subject } from '#xapi/statement/section.ts';

/** How a value breaks a rule. */
export interface Violation {
  /** JSON path of what is wrong. */
  readonly path: string;
  /** One sentence that names the rule. */
  readonly message: string;
  readonly expected: string;
  readonly received: unknown;
  readonly subject: Subject;
}

/** What a JSON Schema cannot say. `path` is the JSON path of `value`. */
export type Rule<Value> = (value: Value, path: string) => Violation | undefined;
