import { violationInActor } from '#xapi/statement/rules/apply-rules.ts';
import { refusal } from '#xapi/statement/rules/refusal.ts';
import { schemaViolation } from '#xapi/statement/schema-violation.ts';
import type { Actor } from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';
import { isActor } from '#schemas/generated/validators.js';

/**
 * The parsed `agent` parameter of a request: an Agent or a Group, by the same rules as in a statement.
 * @param path name of the parameter, the start of the path in an error.
 * @throws XapiError `parameter-invalid`
 */
export function validateAgent(value: unknown, version: XapiVersion, path: string): Actor {
  if (!isActor(value)) throw refusal('parameter-invalid', schemaViolation(isActor.errors ?? [], value, path), version);
  const violation = violationInActor(value, path);
  if (violation !== undefined) throw refusal('parameter-invalid', violation, version);
  return value;
}
