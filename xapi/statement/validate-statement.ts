import { pathTo } from '#xapi/json/json-path.ts';
import { violationInStatement } from '#xapi/statement/rules/apply-rules.ts';
import { refusal } from '#xapi/statement/rules/refusal.ts';
import { schemaViolation } from '#xapi/statement/schema-violation.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';
import { isStatement103, isStatement200 } from '#schemas/generated/validators.js';
import type { Validator } from '#schemas/generated/validators.js';

const SCHEMAS: Readonly<Record<XapiVersion, Validator<Statement>>> = {
  '1.0.3': isStatement103,
  '2.0.0': isStatement200,
};

/**
 * A body of the Statements Resource: one statement, or an array of any length, also none.
 * @throws XapiError `statement-invalid` for the first statement that is not valid, with its index in the path.
 */
export function validateStatements(value: unknown, version: XapiVersion): readonly Statement[] {
  if (!Array.isArray(value)) return [validateStatement(value, version, '$')];
  return value.map((statement, index) => validateStatement(statement, version, pathTo('$', index)));
}

/**
 * Structure by the JSON Schema of the version, then the rules a schema cannot say.
 * @param path JSON path of `value`, the start of every path in an error.
 * @throws XapiError `statement-invalid`
 */
export function validateStatement(value: unknown, version: XapiVersion, path: string): Statement {
  const isStatement = SCHEMAS[version];
  if (!isStatement(value))
    throw refusal('statement-invalid', schemaViolation(isStatement.errors ?? [], value, path), version);
  const violation = violationInStatement(value, path);
  if (violation !== undefined) throw refusal('statement-invalid', violation, version);
  return value;
}
